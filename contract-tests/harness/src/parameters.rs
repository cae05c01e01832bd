//! How a parameter's value is written as text, and what a text can mean.
//!
//! On the wire a parameter is text, so that its type is a matter of reading: `5` is a number where the schema wants one
//! and text where it wants text. [`Codec::readings`] therefore gives every value that a text can stand for, and a text
//! breaks a rule only if no reading keeps it.
//!
//! Every style is written as the table of OpenAPI 3.0.3, "Style Examples", has it. Values that cannot be carried, or
//! that servers may rightly read otherwise, are not written at all:
//!
//! - control characters in headers and cookies, and what their grammars exclude;
//! - `.` and `..` in a path, which URLs resolve away, and slashes, which what stands between often turns into
//!   separators;
//! - a separator of the style inside of an item: some split before they decode, and others after;
//! - empty texts, which may be taken for an absent parameter;
//! - members of members in `deepObject`, and whatever else the table calls `n/a`.

mod read;
mod write;

pub(crate) use read::scalar_readings;
pub(crate) use write::scalar_text;

use openapi_model::{
    Header, Location, Parameter, ParameterFormat, SchemaId, Schemas, Style, Types,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::media_type;

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What stays encoded under `allowReserved`: what would end or part the query string, means a space there, or is no part
/// of it by RFC 3986.
const PARTING: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',');

/// Writes text so that it can stand in a path segment, or in a name or value of a query.
pub(crate) fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Reads a percent-encoded text; `None` where it is not UTF-8.
pub(crate) fn percent_decode(text: &str) -> Option<String> {
    percent_decode_str(text)
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}

/// Reads a name or value of a query, where a plus sign is a space.
pub(crate) fn query_decode(text: &str) -> Option<String> {
    percent_decode(&text.replace('+', "%20"))
}

/// What has a text of its own.
const SCALAR: Types = Types::STRING.union(Types::NUMBER).union(Types::BOOLEAN);

/// How one parameter is written, or one header of an answer, or one member of a form.
#[derive(Clone, Debug)]
pub(crate) struct Codec {
    name: String,
    location: Location,
    written: Written,
    types: Types,
    /// The types of an array's items.
    items: Types,
    /// An object's properties and their types.
    properties: Vec<(String, Types)>,
    /// Whether a schema describes the members of an object that it does not name.
    has_others: bool,
    required: bool,
    allow_empty: bool,
    allow_reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Written {
    /// By a style, exploded or not.
    Style(Style, bool),
    /// As a JSON text.
    Json,
    /// As plain text.
    Text,
}

impl Codec {
    /// The codec of a parameter, or why there is none.
    pub(crate) fn of_parameter(schemas: &Schemas, parameter: &Parameter) -> Result<Codec, String> {
        let Parameter {
            name,
            location,
            required,
            allow_empty_value,
            allow_reserved,
            format,
            schema,
            ..
        } = parameter;
        let mut codec = Codec::new(schemas, name, *location, format, *schema)?;
        codec.required = *required;
        codec.allow_empty = *allow_empty_value && *location == Location::Query;
        codec.allow_reserved = *allow_reserved && *location == Location::Query;
        Ok(codec)
    }

    /// The codec of a header in an answer, or why there is none.
    pub(crate) fn of_header(
        schemas: &Schemas,
        name: &str,
        header: &Header,
    ) -> Result<Codec, String> {
        Codec::new(
            schemas,
            name,
            Location::Header,
            &header.format,
            header.schema,
        )
    }

    /// The codec of a form's member, which is written like a parameter of the query.
    pub(crate) fn of_member(
        schemas: &Schemas,
        name: &str,
        format: &ParameterFormat,
        schema: SchemaId,
        allow_reserved: bool,
    ) -> Result<Codec, String> {
        let mut codec = Codec::new(schemas, name, Location::Query, format, Some(schema))?;
        codec.allow_reserved = allow_reserved;
        Ok(codec)
    }

    fn new(
        schemas: &Schemas,
        name: &str,
        location: Location,
        format: &ParameterFormat,
        schema: Option<SchemaId>,
    ) -> Result<Codec, String> {
        let schema = schema.ok_or("it has no schema")?;
        let written = match format {
            ParameterFormat::Style(style, explode) if has_style(location, *style) => {
                Written::Style(*style, *explode)
            }
            ParameterFormat::Style(style, _) => {
                return Err(format!("there is no style {style:?} in the {location}"));
            }
            ParameterFormat::Content(media_type) if media_type::is_json(media_type) => {
                Written::Json
            }
            ParameterFormat::Content(media_type) if media_type::is_plain_text(media_type) => {
                Written::Text
            }
            ParameterFormat::Content(media_type) => {
                return Err(format!(
                    "content of the media type `{media_type}` is neither JSON nor plain text"
                ));
            }
        };
        let resolved = schemas.get(schemas.resolve(schema));
        let codec = Codec {
            name: name.to_owned(),
            location,
            written,
            types: types(schemas, schema),
            items: resolved.items.map_or(Types::ANY, |id| types(schemas, id)),
            properties: resolved
                .properties
                .iter()
                .map(|(name, id)| (name.clone(), types(schemas, *id)))
                .collect(),
            has_others: resolved
                .additional_properties
                .is_some_and(|id| schemas.get(schemas.resolve(id)).types != Types::NONE),
            required: false,
            allow_empty: false,
            allow_reserved: false,
        };
        codec.refuse_unwritable(&resolved.required)?;
        Ok(codec)
    }

    /// Refuses what the style cannot write at all.
    fn refuse_unwritable(&self, required: &[String]) -> Result<(), String> {
        let Written::Style(style, explode) = self.written else {
            return Ok(());
        };
        if style == Style::DeepObject && !self.types.contains(Types::OBJECT) {
            return Err("the style DeepObject writes nothing but objects".to_owned());
        }
        let is_undefined = match (style, self.location) {
            (Style::Form, Location::Cookie) => explode,
            (Style::SpaceDelimited | Style::PipeDelimited, _) => explode,
            _ => false,
        };
        if is_undefined && self.types == Types::OBJECT {
            return Err(format!(
                "how an exploded object is written in the style {style:?} in the {} is not defined",
                self.location
            ));
        }
        if self.types == Types::ARRAY && !self.items.intersects(SCALAR) {
            return Err(
                "how items that are arrays or objects are written is not defined".to_owned(),
            );
        }
        let mut members = self.unwritable_members();
        match members.find(|name| required.iter().any(|required| required == name)) {
            Some(name) if self.types == Types::OBJECT => Err(format!(
                "how its member `{name}`, an array or object, is written is not defined"
            )),
            _ => Ok(()),
        }
    }

    /// The members that no style has a way to write: those that are arrays or objects.
    pub(crate) fn unwritable_members(&self) -> impl Iterator<Item = &str> {
        let is_styled = matches!(self.written, Written::Style(..));
        self.properties
            .iter()
            .filter(move |(_, types)| is_styled && !types.intersects(SCALAR))
            .map(|(name, _)| name.as_str())
    }

    /// Whether the pairs of that name are this parameter's.
    pub(crate) fn owns(&self, name: &str) -> bool {
        match self.location {
            Location::Header => self.name.eq_ignore_ascii_case(name),
            Location::Query if self.spreads() => self.has_property(name),
            Location::Query if self.is_deep() => self.deep_member(name).is_some(),
            _ => self.name == name,
        }
    }

    /// The names that its values take in a query.
    pub(crate) fn names(&self) -> Vec<&str> {
        if self.spreads() {
            self.properties
                .iter()
                .map(|(name, _)| name.as_str())
                .collect()
        } else {
            vec![&self.name]
        }
    }

    /// Whether its values can be arrays or objects.
    pub(crate) fn is_composite(&self) -> bool {
        self.types.intersects(Types::ARRAY.union(Types::OBJECT))
    }

    /// Whether every text can be read as a value of a type that is asked for: then no text is of the wrong type.
    pub(crate) fn is_of_the_type(&self) -> bool {
        self.written != Written::Json
            && !self.is_deep()
            && !matches!(
                self.written,
                Written::Style(Style::Label | Style::Matrix, _)
            )
            && self.types.intersects(Types::STRING.union(Types::ARRAY))
    }

    /// Whether those texts are what `allowEmptyValue` allows, whatever the schema says.
    pub(crate) fn is_allowed_empty(&self, pairs: &[(String, String)]) -> bool {
        self.allow_empty && matches!(pairs, [(_, text)] if text.is_empty())
    }

    fn has_property(&self, name: &str) -> bool {
        self.properties.iter().any(|(known, _)| known == name)
    }

    /// Whether it is an object whose properties stand as parameters of their own.
    fn spreads(&self) -> bool {
        self.location == Location::Query
            && self.written == Written::Style(Style::Form, true)
            && self.types == Types::OBJECT
    }

    /// Whether its members stand as parameters of any name.
    pub(crate) fn takes_any_name(&self) -> bool {
        self.spreads() && self.has_others
    }

    fn is_deep(&self) -> bool {
        matches!(self.written, Written::Style(Style::DeepObject, _))
    }

    /// The member that a name such as `filter[color]` stands for.
    fn deep_member<'n>(&self, name: &'n str) -> Option<&'n str> {
        name.strip_prefix(self.name.as_str())?
            .strip_prefix('[')?
            .strip_suffix(']')
    }

    /// What parts the items of a value: no item may hold it.
    fn separators(&self) -> &'static [char] {
        match self.written {
            Written::Style(Style::Matrix, _) => &[',', '=', ';'],
            Written::Style(Style::Label, _) => &[',', '=', '.'],
            Written::Style(Style::SpaceDelimited, _) => &[',', '=', ' '],
            Written::Style(Style::PipeDelimited, _) => &[',', '=', '|'],
            Written::Style(Style::DeepObject, _) => &[],
            Written::Style(Style::Form | Style::Simple, _) | Written::Json | Written::Text => {
                &[',', '=']
            }
        }
    }
}

/// The styles of each location (OpenAPI 3.0.3, "Style Values").
fn has_style(location: Location, style: Style) -> bool {
    match location {
        Location::Path => matches!(style, Style::Simple | Style::Label | Style::Matrix),
        Location::Query => !matches!(style, Style::Simple | Style::Label | Style::Matrix),
        Location::Header => style == Style::Simple,
        Location::Cookie => style == Style::Form,
    }
}

/// The types that a schema allows, its references and `allOf` followed.
pub(crate) fn types(schemas: &Schemas, id: SchemaId) -> Types {
    types_below(schemas, id, 0)
}

fn types_below(schemas: &Schemas, id: SchemaId, depth: usize) -> Types {
    // Deeper than any document that is meant; a cycle ends here.
    const DEEPEST: usize = 32;
    let schema = schemas.get(id);
    if depth > DEEPEST {
        return schema.types;
    }
    let of = |id: &SchemaId| types_below(schemas, *id, depth + 1);
    let both = schema.reference.iter().chain(&schema.all_of).map(of);
    both.fold(schema.types, |all, one| all.intersection(one))
}

#[cfg(test)]
mod tests;
