//! How texts become values: parameters in every style, and the fields of forms.

use openapi_model::{Location, Operation, Parameter, ParameterFormat, SchemaId, Style, Types};
use proc_macro2::TokenStream;
use quote::quote;

use super::media::is_json;
use super::{Lowering, header_fault};

/// How the text of a parameter becomes a value.
pub(super) struct Shapes {
    /// A variant of `dropshot_runtime::Lead`, where it is not `Nothing`.
    pub lead: Option<TokenStream>,
    /// Values of `dropshot_runtime::Shape`.
    pub shapes: Vec<TokenStream>,
    /// Whether the value is the text itself, whatever the schema says.
    pub is_text: bool,
}

impl Shapes {
    fn of(shapes: Vec<TokenStream>) -> Shapes {
        Shapes {
            lead: None,
            shapes,
            is_text: false,
        }
    }
}

/// How the values of an object's members become text, where that object is itself a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// In a row of names and values.
    Row,
    /// Each behind its name, so that lists can stand there.
    Names,
    /// Each behind its name and those around it, so that objects can too.
    Brackets,
    /// In a form, where objects are written as JSON.
    Form,
}

/// How deeply objects may stand in objects in one text.
const MOST_NESTED: usize = 8;

/// The members of an object, by name, in the document's order.
pub(super) type Properties = Vec<(String, Vec<SchemaId>)>;

impl Lowering<'_> {
    /// How the texts of an operation's parameters become values; `None` where those of one cannot.
    ///
    /// A parameter that cannot be enforced takes out its operation, optional or not: a server that ignores it answers
    /// another question than the one it was asked.
    pub(super) fn shapes(&mut self, operation: &Operation) -> Option<Vec<Shapes>> {
        let mut shapes = Vec::new();
        for parameter in &operation.parameters {
            let bad_name = match parameter.location {
                Location::Header => header_fault(&parameter.name),
                _ => None,
            };
            let found = match bad_name {
                Some(why) => Err(why),
                None => self.shapes_of(parameter).map_err(|why| {
                    let Parameter { location, name, .. } = parameter;
                    format!("the {location} parameter `{name}` {why}")
                }),
            };
            if let (Ok(Shapes { is_text: true, .. }), Some(id)) = (&found, parameter.schema)
                && !self.types(id).contains(Types::STRING)
            {
                let Parameter { location, name, .. } = parameter;
                let message = format!(
                    "the {location} parameter `{name}` is handed on as text: its schema is not checked"
                );
                self.note(&parameter.pointer, parameter.line, message);
            }
            match found {
                Ok(found) => shapes.push(found),
                Err(why) => {
                    self.leave_out(&parameter.pointer, parameter.line, why, "the operation");
                }
            }
        }
        (shapes.len() == operation.parameters.len()).then_some(shapes)
    }

    /// How the text of a parameter becomes a value; why it cannot.
    fn shapes_of(&self, parameter: &Parameter) -> Result<Shapes, String> {
        let (style, explode) = match &parameter.format {
            ParameterFormat::Content(media_type) if is_json(media_type) => {
                return Ok(Shapes::of(vec![quote!(Shape::Json)]));
            }
            ParameterFormat::Content(_) => {
                return Ok(Shapes {
                    is_text: true,
                    ..Shapes::of(vec![quote!(Shape::One(Scalar::Text))])
                });
            }
            ParameterFormat::Style(style, explode) => (*style, *explode),
        };
        let Some(id) = parameter.schema else {
            return Ok(Shapes::of(vec![quote!(Shape::One(Scalar::Text))]));
        };
        let types = self.text_types(id);
        let mut found = Shapes::of(Vec::new());
        if types.contains(Types::ARRAY) {
            self.array(parameter.location, style, explode, id, &mut found)?;
        }
        if types.contains(Types::OBJECT) {
            self.object(parameter.location, style, explode, id, &mut found)?;
        }
        let plain = scalars(types);
        if !plain.is_empty() && (found.shapes.is_empty() || style != Style::DeepObject) {
            if style == Style::DeepObject {
                return Err(
                    "is no object, which the style deepObject is for: choose the style form"
                        .to_owned(),
                );
            }
            // One lead is all that there can be before a value.
            let lead = lead(style, false);
            if found.shapes.is_empty() {
                found.lead = lead;
            }
            found
                .shapes
                .extend(plain.iter().map(|scalar| quote!(Shape::One(#scalar))));
        }
        if found.shapes.is_empty() {
            return Err("has no value that is allowed: mend its schema".to_owned());
        }
        dedup(&mut found.shapes);
        Ok(found)
    }

    fn array(
        &self,
        location: Location,
        style: Style,
        explode: bool,
        id: SchemaId,
        found: &mut Shapes,
    ) -> Result<(), String> {
        let items = self.item_scalars(id).ok_or("is a list of lists or of objects, which no style can write: describe it by `content` of `application/json`")?;
        let delimited = |delimiter: &'static str| {
            items
                .iter()
                .map(move |item| quote!(Shape::Delimited(#item, #delimiter)))
        };
        let repeated = || items.iter().map(|item| quote!(Shape::Repeated(#item)));
        match (style, explode) {
            (Style::DeepObject, _) => {
                return Err(
                    "is a list, and the style deepObject is for objects: choose the style form"
                        .to_owned(),
                );
            }
            (Style::Form, true) if location == Location::Cookie => {
                found.shapes.extend(delimited(",").chain(repeated()));
            }
            (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true) => {
                found.shapes.extend(repeated());
            }
            (Style::SpaceDelimited, false) => found.shapes.extend(delimited(" ")),
            (Style::PipeDelimited, false) => found.shapes.extend(delimited("|")),
            (Style::Label, true) => found.shapes.extend(delimited(".")),
            (Style::Matrix, true) => found.shapes.extend(repeated()),
            _ => found.shapes.extend(delimited(",")),
        }
        found.lead = lead(style, explode);
        Ok(())
    }

    fn object(
        &self,
        location: Location,
        style: Style,
        explode: bool,
        id: SchemaId,
        found: &mut Shapes,
    ) -> Result<(), String> {
        let is_form = style == Style::Form;
        let within = match style {
            Style::DeepObject => Within::Brackets,
            Style::Form if explode => Within::Names,
            _ => Within::Row,
        };
        let is_spread = is_form && explode;
        let members = self.members(id, within, is_spread, 0)?;
        found.shapes.push(match (style, explode) {
            (Style::DeepObject, _) if location == Location::Query => quote!(Shape::Deep(&#members)),
            (Style::Form, true) => quote!(Shape::Spread(&#members)),
            (Style::SpaceDelimited, false) => quote!(Shape::Alternating(&#members, " ")),
            (Style::PipeDelimited, false) => quote!(Shape::Alternating(&#members, "|")),
            (Style::Simple, true) => quote!(Shape::Pairs(&#members, ",")),
            (Style::Label, true) => quote!(Shape::Pairs(&#members, ".")),
            (Style::Matrix, true) => quote!(Shape::Pairs(&#members, ";")),
            (Style::DeepObject | Style::SpaceDelimited | Style::PipeDelimited, _) => {
                return Err(
                    "is an object in a style that has none: choose the style form or deepObject"
                        .to_owned(),
                );
            }
            _ => quote!(Shape::Alternating(&#members, ",")),
        });
        found.lead = match (style, explode) {
            (Style::Matrix, true) => Some(quote!(Lead::Semicolon)),
            _ => lead(style, false),
        };
        Ok(())
    }

    /// A value of `dropshot_runtime::Members`. Where `is_spread`, names that the schema does not have belong to the
    /// object only if it says so, since they stand among names of others.
    fn members(
        &self,
        id: SchemaId,
        within: Within,
        is_spread: bool,
        depth: usize,
    ) -> Result<TokenStream, String> {
        if depth > MOST_NESTED {
            return Err("is an object in an object without end: describe it by `content` of `application/json`".to_owned());
        }
        self.members_of(id, !is_spread, |_, ids| {
            self.member_shapes(ids, within, depth)
        })
    }

    /// A value of `dropshot_runtime::Members`, where the texts of each member have shapes.
    pub(super) fn members_of(
        &self,
        id: SchemaId,
        is_open: bool,
        shapes: impl Fn(&str, &[SchemaId]) -> Result<Vec<TokenStream>, String>,
    ) -> Result<TokenStream, String> {
        let mut properties = Properties::new();
        let mut others = Vec::new();
        self.collect(id, &mut properties, &mut others, 0);
        let mut fields = Vec::new();
        for (name, ids) in &properties {
            let mut shapes =
                shapes(name, ids).map_err(|why| format!("has a member `{name}` that {why}"))?;
            dedup(&mut shapes);
            fields.push(quote!(Field { name: #name, shapes: &[#(#shapes),*] }));
        }
        let scalar = others
            .iter()
            .find_map(|id| scalars(self.text_types(*id)).into_iter().next());
        let others = match scalar {
            Some(scalar) => quote!(Some(#scalar)),
            None if is_open || !others.is_empty() || properties.is_empty() => {
                quote!(Some(Scalar::Text))
            }
            None => quote!(None),
        };
        Ok(quote!(Members { named: &[#(#fields),*], others: #others }))
    }

    pub(super) fn member_shapes(
        &self,
        ids: &[SchemaId],
        within: Within,
        depth: usize,
    ) -> Result<Vec<TokenStream>, String> {
        let mut shapes = Vec::new();
        for id in ids {
            let types = self.text_types(*id);
            if types.contains(Types::ARRAY) {
                match (self.item_scalars(*id), within) {
                    (_, Within::Row) => {
                        return Err("is a list, which has no place in a row of names and values: choose another style".to_owned());
                    }
                    (Some(items), _) => {
                        shapes.extend(items.iter().map(|item| quote!(Shape::Repeated(#item))));
                    }
                    (None, Within::Form) => shapes.push(quote!(Shape::Json)),
                    (None, _) => {
                        return Err("is a list of lists or of objects: describe it by `content` of `application/json`".to_owned());
                    }
                }
            }
            if types.contains(Types::OBJECT) {
                match within {
                    Within::Brackets => {
                        let members = self.members(*id, within, false, depth + 1)?;
                        shapes.push(quote!(Shape::Deep(&#members)));
                    }
                    Within::Form => shapes.push(quote!(Shape::Json)),
                    Within::Row | Within::Names => {
                        return Err("is an object: choose the style deepObject, or describe it by `content` of `application/json`".to_owned());
                    }
                }
            }
            let plain = scalars(types);
            shapes.extend(plain.iter().map(|scalar| quote!(Shape::One(#scalar))));
            // What may be anything may be a list too, where a name can stand twice.
            if within != Within::Row && self.types(*id).contains(Types::ANY.without(Types::NULL)) {
                shapes.push(quote!(Shape::Repeated(Scalar::Text)));
            }
        }
        Ok(shapes)
    }

    /// The members of an object, those of its branches too, and the schemas of the members that have no name.
    pub(super) fn collect(
        &self,
        id: SchemaId,
        properties: &mut Properties,
        others: &mut Vec<SchemaId>,
        depth: usize,
    ) {
        if depth > 32 {
            return;
        }
        let schema = self.api.schemas.get(self.api.schemas.resolve(id));
        for (name, id) in &schema.properties {
            match properties.iter_mut().find(|(known, _)| known == name) {
                Some((_, ids)) => ids.push(*id),
                None => properties.push((name.clone(), vec![*id])),
            }
        }
        others.extend(
            schema
                .additional_properties
                .filter(|id| self.types(*id) != Types::NONE),
        );
        for branch in schema
            .all_of
            .iter()
            .chain(&schema.any_of)
            .chain(&schema.one_of)
        {
            self.collect(*branch, properties, others, depth + 1);
        }
    }

    /// What the items of a list may be, where each is one value.
    pub(super) fn item_scalars(&self, id: SchemaId) -> Option<Vec<TokenStream>> {
        let types = match self.items(id, 0) {
            Some(items) => self.text_types(items),
            None => Types::STRING,
        };
        if types.contains(Types::ARRAY) || types.contains(Types::OBJECT) {
            return None;
        }
        Some(scalars(types)).filter(|scalars| !scalars.is_empty())
    }

    /// The types that a text may stand for. What may be anything is text, but for an object that has members.
    pub(super) fn text_types(&self, id: SchemaId) -> Types {
        let types = self.types(id).without(Types::NULL);
        if types != Types::ANY.without(Types::NULL) {
            return types;
        }
        let mut properties = Properties::new();
        self.collect(id, &mut properties, &mut Vec::new(), 0);
        if properties.is_empty() {
            Types::STRING
        } else {
            Types::OBJECT
        }
    }
}

/// What one text may stand for, by the types that its value may have: the narrower first.
fn scalars(types: Types) -> Vec<TokenStream> {
    let mut scalars = Vec::new();
    if types.contains(Types::NUMBER) {
        scalars.push(quote!(Scalar::Number));
    } else if types.contains(Types::INTEGER) {
        scalars.push(quote!(Scalar::Integer));
    } else if types.intersects(Types::NUMBER) {
        scalars.push(quote!(Scalar::Number));
    }
    if types.contains(Types::BOOLEAN) {
        scalars.push(quote!(Scalar::Boolean));
    }
    if types.contains(Types::STRING) {
        scalars.push(quote!(Scalar::Text));
    }
    scalars
}

/// What a style puts before a value in a path.
fn lead(style: Style, each: bool) -> Option<TokenStream> {
    match style {
        Style::Label => Some(quote!(Lead::Dot)),
        Style::Matrix if each => Some(quote!(Lead::EachName)),
        Style::Matrix => Some(quote!(Lead::Name)),
        _ => None,
    }
}

/// Takes out what stands there a second time.
fn dedup(tokens: &mut Vec<TokenStream>) {
    let mut seen = Vec::new();
    tokens.retain(|token| {
        let text = token.to_string();
        let is_new = !seen.contains(&text);
        seen.push(text);
        is_new
    });
}
