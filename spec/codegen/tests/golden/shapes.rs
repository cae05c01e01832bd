// The types and tables of a document of the tests.

pub mod types {
    #![allow(
        clippy::doc_lazy_continuation,
        clippy::enum_variant_names,
        clippy::large_enum_variant,
        dead_code,
        rustdoc::all,
        reason = "names, sizes, descriptions and what is there at all are the document's"
    )]
    use std::collections::BTreeMap;
    use ::schema_check::{
        UnknownValue, choose, integer, present, serde_json, uuid,
        serde::{Deserialize, Serialize},
    };
    use super::tables;

    /// The schema `Folder`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Folder {
        /// The member `name`.
        pub name: String,
        /// The member `parent`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub parent: Option<Box<Folder>>,
        /// The member `owner`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub owner: Option<Owner>,
        /// The member `children`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub children: Option<Vec<Folder>>,
    }

    /// The schema `Owner`.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Owner {
        /// The member `home`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub home: Option<Box<Folder>>,
    }

    /// The schema `Nested`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde", transparent)]
    pub struct Nested(pub Vec<Nested>);

    /// The schema `Itself`.
    pub type Itself = serde_json::Value;

    /// The schema `Pet`.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(crate = "::schema_check::serde", untagged)]
    pub enum Pet {
        /// A value of the form `Cat`.
        Cat(Cat),
        /// A value of the form `Dog`.
        Dog(Dog),
    }

    impl<'de> Deserialize<'de> for Pet {
        /// Reads the form whose schema the value keeps.
        fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
        where
            D: ::schema_check::serde::Deserializer<'de>,
        {
            use ::schema_check::serde::de::Error;
            let value = serde_json::Value::deserialize(deserializer)?;
            let read = match choose(&[&tables::CAT, &tables::DOG], &value) {
                Some(0) => serde_json::from_value(value).map(Self::Cat),
                Some(1) => serde_json::from_value(value).map(Self::Dog),
                _ => {
                    return Err(
                        D::Error::custom("the value has none of the allowed forms"),
                    );
                }
            };
            read.map_err(D::Error::custom)
        }
    }

    /// The schema `Cat`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Cat {
        /// The member `kind`.
        pub kind: CatKind,
        /// The member `age`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub age: Option<i64>,
        /// The member `lives`.
        ///
        /// At most 9.
        #[serde(deserialize_with = "integer::deserialize")]
        pub lives: i64,
    }

    /// The member `kind` of `Cat`.
    #[derive(
        Clone,
        Copy,
        Debug,
        Default,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        Serialize,
        Deserialize
    )]
    #[serde(crate = "::schema_check::serde")]
    pub enum CatKind {
        /// `cat`.
        #[serde(rename = "cat")]
        #[default]
        Cat,
    }

    impl CatKind {
        /// Every value, in the document's order.
        pub const ALL: [Self; 1] = [Self::Cat];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Cat => "cat",
            }
        }
    }

    impl std::fmt::Display for CatKind {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for CatKind {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "cat" => Ok(Self::Cat),
                _ => Err(UnknownValue { expected: &["cat"] }),
            }
        }
    }

    /// The schema `Dog`.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Dog {
        /// The member `kind`.
        pub kind: DogKind,
        /// The member `age`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub age: Option<i64>,
        /// The member `name`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }

    /// The member `kind` of `Dog`.
    #[derive(
        Clone,
        Copy,
        Debug,
        Default,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        Serialize,
        Deserialize
    )]
    #[serde(crate = "::schema_check::serde")]
    pub enum DogKind {
        /// `dog`.
        #[serde(rename = "dog")]
        #[default]
        Dog,
    }

    impl DogKind {
        /// Every value, in the document's order.
        pub const ALL: [Self; 1] = [Self::Dog];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Dog => "dog",
            }
        }
    }

    impl std::fmt::Display for DogKind {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for DogKind {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "dog" => Ok(Self::Dog),
                _ => Err(UnknownValue { expected: &["dog"] }),
            }
        }
    }

    /// The schema `Animal`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Animal {
        /// The member `kind`.
        pub kind: String,
        /// The member `age`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub age: Option<i64>,
    }

    /// The schema `Id`.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(crate = "::schema_check::serde", untagged)]
    pub enum Id {
        /// A value of the form `Integer`.
        Integer(i64),
        /// A value of the form `Uuid`.
        Uuid(uuid::Uuid),
        /// A value of the form `New`.
        New(IdNew),
    }

    impl<'de> Deserialize<'de> for Id {
        /// Reads the form whose schema the value keeps.
        fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
        where
            D: ::schema_check::serde::Deserializer<'de>,
        {
            use ::schema_check::serde::de::Error;
            let value = serde_json::Value::deserialize(deserializer)?;
            let read = match choose(
                &[&tables::ID_INTEGER, &tables::ID_UUID, &tables::ID_NEW],
                &value,
            ) {
                Some(0) => integer::deserialize(value).map(Self::Integer),
                Some(1) => serde_json::from_value(value).map(Self::Uuid),
                Some(2) => serde_json::from_value(value).map(Self::New),
                _ => {
                    return Err(
                        D::Error::custom("the value has none of the allowed forms"),
                    );
                }
            };
            read.map_err(D::Error::custom)
        }
    }

    /// The form `New` of `Id`.
    #[derive(
        Clone,
        Copy,
        Debug,
        Default,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        Serialize,
        Deserialize
    )]
    #[serde(crate = "::schema_check::serde")]
    pub enum IdNew {
        /// `new`.
        #[serde(rename = "new")]
        #[default]
        New,
    }

    impl IdNew {
        /// Every value, in the document's order.
        pub const ALL: [Self; 1] = [Self::New];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::New => "new",
            }
        }
    }

    impl std::fmt::Display for IdNew {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for IdNew {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "new" => Ok(Self::New),
                _ => Err(UnknownValue { expected: &["new"] }),
            }
        }
    }

    /// The schema `Event`.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(crate = "::schema_check::serde", untagged)]
    pub enum Event {
        /// created
        Created(EventCreated),
        /// removed
        Removed(EventRemoved),
    }

    impl<'de> Deserialize<'de> for Event {
        /// Reads the form whose schema the value keeps.
        fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
        where
            D: ::schema_check::serde::Deserializer<'de>,
        {
            use ::schema_check::serde::de::Error;
            let value = serde_json::Value::deserialize(deserializer)?;
            let read = match choose(
                &[&tables::EVENT_CREATED, &tables::EVENT_REMOVED],
                &value,
            ) {
                Some(0) => serde_json::from_value(value).map(Self::Created),
                Some(1) => serde_json::from_value(value).map(Self::Removed),
                _ => {
                    return Err(
                        D::Error::custom("the value has none of the allowed forms"),
                    );
                }
            };
            read.map_err(D::Error::custom)
        }
    }

    /// created
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct EventCreated {
        /// The member `at`.
        #[serde(deserialize_with = "integer::deserialize")]
        pub at: i64,
        /// The member `name`.
        pub name: String,
    }

    /// removed
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct EventRemoved {
        /// The member `at`.
        #[serde(deserialize_with = "integer::deserialize")]
        pub at: i64,
        /// The member `reason`.
        pub reason: String,
    }

    /// The schema `Choice`.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        Serialize,
        Deserialize
    )]
    #[serde(crate = "::schema_check::serde")]
    pub enum Choice {
        /// The one in front.
        #[serde(rename = "first")]
        First,
        /// The one at the end.
        #[serde(rename = "last")]
        Last,
    }

    impl Choice {
        /// Every value, in the document's order.
        pub const ALL: [Self; 2] = [Self::First, Self::Last];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::First => "first",
                Self::Last => "last",
            }
        }
    }

    impl std::fmt::Display for Choice {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for Choice {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "first" => Ok(Self::First),
                "last" => Ok(Self::Last),
                _ => {
                    Err(UnknownValue {
                        expected: &["first", "last"],
                    })
                }
            }
        }
    }

    /// The schema `MaybePet`.
    pub type MaybePet = Option<Pet>;

    /// The schema `Lists`.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(crate = "::schema_check::serde", untagged)]
    pub enum Lists {
        /// A value of the form `List`.
        List(Vec<i64>),
        /// A value of the form `Object`.
        Object(BTreeMap<String, Vec<f64>>),
    }

    impl<'de> Deserialize<'de> for Lists {
        /// Reads the form whose schema the value keeps.
        fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
        where
            D: ::schema_check::serde::Deserializer<'de>,
        {
            use ::schema_check::serde::de::Error;
            let value = serde_json::Value::deserialize(deserializer)?;
            let read = match choose(
                &[&tables::LISTS_LIST, &tables::LISTS_OBJECT],
                &value,
            ) {
                Some(0) => integer::deserialize(value).map(Self::List),
                Some(1) => serde_json::from_value(value).map(Self::Object),
                _ => {
                    return Err(
                        D::Error::custom("the value has none of the allowed forms"),
                    );
                }
            };
            read.map_err(D::Error::custom)
        }
    }

    /// The schema `Vehicle`.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(crate = "::schema_check::serde", untagged)]
    pub enum Vehicle {
        /// A value of the form `Car`.
        Car(Car),
        /// A value of the form `Bike`.
        Bike(Bike),
    }

    impl<'de> Deserialize<'de> for Vehicle {
        /// Reads the form whose schema the value keeps.
        fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
        where
            D: ::schema_check::serde::Deserializer<'de>,
        {
            use ::schema_check::serde::de::Error;
            let value = serde_json::Value::deserialize(deserializer)?;
            let read = match choose(&[&tables::CAR, &tables::BIKE], &value) {
                Some(0) => serde_json::from_value(value).map(Self::Car),
                Some(1) => serde_json::from_value(value).map(Self::Bike),
                _ => {
                    return Err(
                        D::Error::custom("the value has none of the allowed forms"),
                    );
                }
            };
            read.map_err(D::Error::custom)
        }
    }

    /// The schema `Car`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Car {
        /// The member `wheels`.
        #[serde(deserialize_with = "integer::deserialize")]
        pub wheels: i64,
        /// The member `seats`.
        #[serde(deserialize_with = "integer::deserialize")]
        pub seats: i64,
    }

    /// The schema `Bike`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Bike {
        /// The member `wheels`.
        #[serde(deserialize_with = "integer::deserialize")]
        pub wheels: i64,
        /// The member `bell`.
        pub bell: bool,
    }

    /// The schema `Left`.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(crate = "::schema_check::serde", untagged)]
    pub enum Left {
        /// A value of the form `Right`.
        Right(Right),
        /// A value of the form `Text`.
        Text(String),
    }

    impl<'de> Deserialize<'de> for Left {
        /// Reads the form whose schema the value keeps.
        fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
        where
            D: ::schema_check::serde::Deserializer<'de>,
        {
            use ::schema_check::serde::de::Error;
            let value = serde_json::Value::deserialize(deserializer)?;
            let read = match choose(&[&tables::RIGHT, &tables::LEFT_TEXT], &value) {
                Some(0) => serde_json::from_value(value).map(Self::Right),
                Some(1) => serde_json::from_value(value).map(Self::Text),
                _ => {
                    return Err(
                        D::Error::custom("the value has none of the allowed forms"),
                    );
                }
            };
            read.map_err(D::Error::custom)
        }
    }

    /// The schema `Right`.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(crate = "::schema_check::serde", untagged)]
    pub enum Right {
        /// A value of the form `Left`.
        Left(serde_json::Value),
        /// A value of the form `Bool`.
        Bool(bool),
    }

    impl<'de> Deserialize<'de> for Right {
        /// Reads the form whose schema the value keeps.
        fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
        where
            D: ::schema_check::serde::Deserializer<'de>,
        {
            use ::schema_check::serde::de::Error;
            let value = serde_json::Value::deserialize(deserializer)?;
            let read = match choose(&[&tables::LEFT, &tables::RIGHT_BOOL], &value) {
                Some(0) => serde_json::from_value(value).map(Self::Left),
                Some(1) => serde_json::from_value(value).map(Self::Bool),
                _ => {
                    return Err(
                        D::Error::custom("the value has none of the allowed forms"),
                    );
                }
            };
            read.map_err(D::Error::custom)
        }
    }

    /// A cat that is small.
    pub type Kitten = Cat;

    /// The schema `Strict`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Strict {
        /// The member `kind`.
        pub kind: String,
        /// The member `age`.
        #[serde(deserialize_with = "integer::deserialize")]
        pub age: i64,
    }

    /// The schema `string`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct String2 {
        /// The member `type`.
        #[serde(rename = "type")]
        pub type_: String2Type,
        /// The member `self`.
        #[serde(rename = "self", default, skip_serializing_if = "Option::is_none")]
        pub self_: Option<String>,
        /// The member `Self`.
        #[serde(rename = "Self", default, skip_serializing_if = "Option::is_none")]
        pub self2: Option<String>,
        /// The member `page[size]`.
        #[serde(
            rename = "page[size]",
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub page_size: Option<i64>,
        /// The member `page_size`.
        #[serde(
            rename = "page_size",
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub page_size2: Option<i64>,
        /// The member `2fa`.
        #[serde(rename = "2fa", default, skip_serializing_if = "Option::is_none")]
        pub n2fa: Option<bool>,
        /// The member without a name.
        #[serde(rename = "", default, skip_serializing_if = "Option::is_none")]
        pub empty: Option<String>,
        /// The member `größe`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub größe: Option<f64>,
        /// The member `extra`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub extra: Option<String>,
        /// The members beside those above.
        #[serde(flatten)]
        pub extra2: BTreeMap<String, bool>,
    }

    /// The member `type` of `String2`.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        Serialize,
        Deserialize
    )]
    #[serde(crate = "::schema_check::serde")]
    pub enum String2Type {
        /// `+1`.
        #[serde(rename = "+1")]
        Plus1,
        /// `-1`.
        #[serde(rename = "-1")]
        Minus1,
        /// `1`.
        #[serde(rename = "1")]
        N1,
        /// `<=`.
        #[serde(rename = "<=")]
        LessEqual,
        /// `Self`.
        #[serde(rename = "Self")]
        Self_,
        /// `self`.
        #[serde(rename = "self")]
        Self2,
        /// `事件`.
        事件,
    }

    impl String2Type {
        /// Every value, in the document's order.
        pub const ALL: [Self; 7] = [
            Self::Plus1,
            Self::Minus1,
            Self::N1,
            Self::LessEqual,
            Self::Self_,
            Self::Self2,
            Self::事件,
        ];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Plus1 => "+1",
                Self::Minus1 => "-1",
                Self::N1 => "1",
                Self::LessEqual => "<=",
                Self::Self_ => "Self",
                Self::Self2 => "self",
                Self::事件 => "事件",
            }
        }
    }

    impl std::fmt::Display for String2Type {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for String2Type {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "+1" => Ok(Self::Plus1),
                "-1" => Ok(Self::Minus1),
                "1" => Ok(Self::N1),
                "<=" => Ok(Self::LessEqual),
                "Self" => Ok(Self::Self_),
                "self" => Ok(Self::Self2),
                "事件" => Ok(Self::事件),
                _ => {
                    Err(UnknownValue {
                        expected: &["+1", "-1", "1", "<=", "Self", "self", "事件"],
                    })
                }
            }
        }
    }

    /// The schema `String`.
    pub type String3 = String;

    /// The schema `option`.
    pub type Option2 = serde_json::Map<String, serde_json::Value>;

    /// The schema `Untyped`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Untyped {
        /// The member `several`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub several: Option<serde_json::Value>,
        /// The member `required_but_undeclared`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub required_but_undeclared: Option<serde_json::Value>,
        /// The member `undeclared`.
        pub undeclared: serde_json::Value,
        /// The member `either`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub either: Option<serde_json::Value>,
        /// The member `or`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub or: Option<serde_json::Value>,
    }

    /// The schema `Broken`.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Broken {
        /// The member `pattern`.
        ///
        /// Matches `(`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub pattern: Option<String>,
        /// The member `circle`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub circle: Option<Circle>,
    }

    /// The schema `Circle`.
    pub type Circle = serde_json::Map<String, serde_json::Value>;
}

pub mod tables {
    use ::schema_check::{Format, Literal, Number, Schema, Types};

    /// `#/components/schemas/Folder`
    pub static FOLDER: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("name", &FOLDER_NAME),
            ("parent", &FOLDER),
            ("owner", &OWNER),
            ("children", &FOLDER_CHILDREN),
        ],
        required: &["name"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Folder/properties/name`
    pub static FOLDER_NAME: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Owner`
    pub static OWNER: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("home", &FOLDER)],
        ..Schema::ANY
    };

    /// `#/components/schemas/Folder/properties/children`
    pub static FOLDER_CHILDREN: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&FOLDER),
        ..Schema::ANY
    };

    /// `#/components/schemas/Nested`
    pub static NESTED: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&NESTED),
        ..Schema::ANY
    };

    /// `#/components/schemas/Itself`
    pub static ITSELF: Schema = Schema {
        all_of: &[&ITSELF],
        ..Schema::ANY
    };

    /// `#/components/schemas/Cat`
    pub static CAT: Schema = Schema {
        all_of: &[&ANIMAL, &CAT_ALL_OF_2],
        ..Schema::ANY
    };

    /// `#/components/schemas/Animal`
    pub static ANIMAL: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("kind", &ANIMAL_KIND), ("age", &ANIMAL_AGE)],
        required: &["kind"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Animal/properties/kind`
    pub static ANIMAL_KIND: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Animal/properties/age`
    pub static ANIMAL_AGE: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Cat/allOf/1`
    pub static CAT_ALL_OF_2: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("kind", &CAT_ALL_OF_2_KIND), ("lives", &CAT_ALL_OF_2_LIVES)],
        required: &["lives"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Cat/allOf/1/properties/kind`
    pub static CAT_ALL_OF_2_KIND: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("cat")]),
        ..Schema::ANY
    };

    /// `#/components/schemas/Cat/allOf/1/properties/lives`
    pub static CAT_ALL_OF_2_LIVES: Schema = Schema {
        types: Types::INTEGER,
        maximum: Some(Number::Integer(9)),
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Dog`
    pub static DOG: Schema = Schema {
        all_of: &[&ANIMAL, &DOG_ALL_OF_2],
        ..Schema::ANY
    };

    /// `#/components/schemas/Dog/allOf/1`
    pub static DOG_ALL_OF_2: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("kind", &DOG_ALL_OF_2_KIND), ("name", &DOG_ALL_OF_2_NAME)],
        ..Schema::ANY
    };

    /// `#/components/schemas/Dog/allOf/1/properties/kind`
    pub static DOG_ALL_OF_2_KIND: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("dog")]),
        ..Schema::ANY
    };

    /// `#/components/schemas/Dog/allOf/1/properties/name`
    pub static DOG_ALL_OF_2_NAME: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Pet`
    pub static PET: Schema = Schema {
        one_of: &[&CAT, &DOG],
        ..Schema::ANY
    };

    /// `#/components/schemas/Id/oneOf/0`
    pub static ID_INTEGER: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Id/oneOf/1`
    pub static ID_UUID: Schema = Schema {
        types: Types::STRING,
        format: Some(Format::Uuid),
        ..Schema::ANY
    };

    /// `#/components/schemas/Id/oneOf/2`
    pub static ID_NEW: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("new")]),
        ..Schema::ANY
    };

    /// `#/components/schemas/Id`
    pub static ID: Schema = Schema {
        one_of: &[&ID_INTEGER, &ID_UUID, &ID_NEW],
        ..Schema::ANY
    };

    /// `#/components/schemas/Event/oneOf/0`
    pub static EVENT_CREATED: Schema = Schema {
        properties: &[("name", &EVENT_CREATED_NAME)],
        required: &["name"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Event/oneOf/0/properties/name`
    pub static EVENT_CREATED_NAME: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Event/oneOf/1`
    pub static EVENT_REMOVED: Schema = Schema {
        properties: &[("reason", &EVENT_REMOVED_REASON)],
        required: &["reason"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Event/oneOf/1/properties/reason`
    pub static EVENT_REMOVED_REASON: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Event`
    pub static EVENT: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("at", &EVENT_AT)],
        required: &["at"],
        one_of: &[&EVENT_CREATED, &EVENT_REMOVED],
        ..Schema::ANY
    };

    /// `#/components/schemas/Event/properties/at`
    pub static EVENT_AT: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Choice`
    pub static CHOICE: Schema = Schema {
        one_of: &[&CHOICE_ONE_OF_1, &CHOICE_ONE_OF_2],
        ..Schema::ANY
    };

    /// `#/components/schemas/Choice/oneOf/0`
    pub static CHOICE_ONE_OF_1: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("first")]),
        ..Schema::ANY
    };

    /// `#/components/schemas/Choice/oneOf/1`
    pub static CHOICE_ONE_OF_2: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("last")]),
        ..Schema::ANY
    };

    /// `#/components/schemas/MaybePet`
    pub static MAYBE_PET: Schema = Schema {
        any_of: &[&PET, &MAYBE_PET_ANY_OF_2],
        ..Schema::ANY
    };

    /// `#/components/schemas/MaybePet/anyOf/1`
    pub static MAYBE_PET_ANY_OF_2: Schema = Schema {
        enumeration: Some(&[Literal::Null]),
        ..Schema::ANY
    };

    /// `#/components/schemas/Lists/oneOf/0`
    pub static LISTS_LIST: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&LISTS_LIST_ITEMS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Lists/oneOf/0/items`
    pub static LISTS_LIST_ITEMS: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Lists/oneOf/1`
    pub static LISTS_OBJECT: Schema = Schema {
        types: Types::OBJECT,
        additional_properties: Some(&LISTS_OBJECT_OTHERS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Lists/oneOf/1/additionalProperties`
    pub static LISTS_OBJECT_OTHERS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&LISTS_OBJECT_OTHERS_ITEMS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Lists/oneOf/1/additionalProperties/items`
    pub static LISTS_OBJECT_OTHERS_ITEMS: Schema = Schema {
        types: Types::NUMBER,
        ..Schema::ANY
    };

    /// `#/components/schemas/Lists`
    pub static LISTS: Schema = Schema {
        one_of: &[&LISTS_LIST, &LISTS_OBJECT],
        ..Schema::ANY
    };

    /// `#/components/schemas/Car`
    pub static CAR: Schema = Schema {
        all_of: &[&VEHICLE, &CAR_ALL_OF_2],
        ..Schema::ANY
    };

    /// `#/components/schemas/Vehicle`
    pub static VEHICLE: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("wheels", &VEHICLE_WHEELS)],
        required: &["wheels"],
        one_of: &[&CAR, &BIKE],
        ..Schema::ANY
    };

    /// `#/components/schemas/Vehicle/properties/wheels`
    pub static VEHICLE_WHEELS: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Bike`
    pub static BIKE: Schema = Schema {
        all_of: &[&VEHICLE, &BIKE_ALL_OF_2],
        ..Schema::ANY
    };

    /// `#/components/schemas/Bike/allOf/1`
    pub static BIKE_ALL_OF_2: Schema = Schema {
        properties: &[("bell", &BIKE_ALL_OF_2_BELL)],
        required: &["bell"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Bike/allOf/1/properties/bell`
    pub static BIKE_ALL_OF_2_BELL: Schema = Schema {
        types: Types::BOOLEAN,
        ..Schema::ANY
    };

    /// `#/components/schemas/Car/allOf/1`
    pub static CAR_ALL_OF_2: Schema = Schema {
        properties: &[("seats", &CAR_ALL_OF_2_SEATS)],
        required: &["seats"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Car/allOf/1/properties/seats`
    pub static CAR_ALL_OF_2_SEATS: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Right`
    pub static RIGHT: Schema = Schema {
        any_of: &[&LEFT, &RIGHT_BOOL],
        ..Schema::ANY
    };

    /// `#/components/schemas/Left`
    pub static LEFT: Schema = Schema {
        any_of: &[&RIGHT, &LEFT_TEXT],
        ..Schema::ANY
    };

    /// `#/components/schemas/Left/anyOf/1`
    pub static LEFT_TEXT: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Right/anyOf/1`
    pub static RIGHT_BOOL: Schema = Schema {
        types: Types::BOOLEAN,
        ..Schema::ANY
    };

    /// `#/components/schemas/Kitten`
    pub static KITTEN: Schema = Schema {
        all_of: &[&CAT],
        ..Schema::ANY
    };

    /// `#/components/schemas/Strict`
    pub static STRICT: Schema = Schema {
        all_of: &[&ANIMAL, &STRICT_ALL_OF_2],
        ..Schema::ANY
    };

    /// `#/components/schemas/Strict/allOf/1`
    pub static STRICT_ALL_OF_2: Schema = Schema {
        required: &["age"],
        ..Schema::ANY
    };

    /// `#/components/schemas/string`
    pub static STRING: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("type", &STRING_TYPE),
            ("self", &STRING_SELF),
            ("Self", &STRING_SELF_2),
            ("page[size]", &STRING_PAGE_SIZE),
            ("page_size", &STRING_PAGE_SIZE_2),
            ("2fa", &STRING_2FA),
            ("", &STRING_3),
            ("größe", &STRING_GRÖSSE),
            ("extra", &STRING_EXTRA),
        ],
        additional_properties: Some(&STRING_OTHERS),
        required: &["type"],
        ..Schema::ANY
    };

    /// `#/components/schemas/string/additionalProperties`
    pub static STRING_OTHERS: Schema = Schema {
        types: Types::BOOLEAN,
        ..Schema::ANY
    };

    /// `#/components/schemas/string/properties/type`
    pub static STRING_TYPE: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(
            &[
                Literal::String("+1"),
                Literal::String("-1"),
                Literal::String("1"),
                Literal::String("<="),
                Literal::String("Self"),
                Literal::String("self"),
                Literal::String("事件"),
            ],
        ),
        ..Schema::ANY
    };

    /// `#/components/schemas/string/properties/self`
    pub static STRING_SELF: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/string/properties/Self`
    pub static STRING_SELF_2: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/string/properties/page[size]`
    pub static STRING_PAGE_SIZE: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/string/properties/page_size`
    pub static STRING_PAGE_SIZE_2: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/string/properties/2fa`
    pub static STRING_2FA: Schema = Schema {
        types: Types::BOOLEAN,
        ..Schema::ANY
    };

    /// `#/components/schemas/string/properties/`
    pub static STRING_3: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/string/properties/größe`
    pub static STRING_GRÖSSE: Schema = Schema {
        types: Types::NUMBER,
        ..Schema::ANY
    };

    /// `#/components/schemas/string/properties/extra`
    pub static STRING_EXTRA: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/String`
    pub static STRING_2: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/option`
    pub static OPTION: Schema = Schema {
        types: Types::OBJECT,
        ..Schema::ANY
    };

    /// `#/components/schemas/Untyped`
    pub static UNTYPED: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("several", &UNTYPED_SEVERAL),
            ("required_but_undeclared", &Schema::ANY),
        ],
        required: &["undeclared"],
        any_of: &[&UNTYPED_ANY_OF_1, &UNTYPED_ANY_OF_2],
        ..Schema::ANY
    };

    /// `#/components/schemas/Untyped/properties/several`
    pub static UNTYPED_SEVERAL: Schema = Schema {
        enumeration: Some(
            &[Literal::Number(Number::Integer(1)), Literal::String("a"), Literal::Null],
        ),
        ..Schema::ANY
    };

    /// `#/components/schemas/Untyped/anyOf/0`
    pub static UNTYPED_ANY_OF_1: Schema = Schema {
        required: &["either"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Untyped/anyOf/1`
    pub static UNTYPED_ANY_OF_2: Schema = Schema {
        required: &["or"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Broken`
    pub static BROKEN: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("pattern", &BROKEN_PATTERN), ("circle", &BROKEN_CIRCLE)],
        ..Schema::ANY
    };

    /// `#/components/schemas/Broken/properties/pattern`
    pub static BROKEN_PATTERN: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Broken/properties/circle`
    pub static BROKEN_CIRCLE: Schema = Schema {
        all_of: &[&CIRCLE],
        ..Schema::ANY
    };

    /// `#/components/schemas/Circle`
    pub static CIRCLE: Schema = Schema {
        types: Types::OBJECT,
        any_of: &[&CIRCLE, &CIRCLE_ANY_OF_2],
        ..Schema::ANY
    };

    /// `#/components/schemas/Circle/anyOf/1`
    pub static CIRCLE_ANY_OF_2: Schema = Schema {
        properties: &[("round", &CIRCLE_ANY_OF_2_ROUND)],
        ..Schema::ANY
    };

    /// `#/components/schemas/Circle/anyOf/1/properties/round`
    pub static CIRCLE_ANY_OF_2_ROUND: Schema = Schema {
        types: Types::BOOLEAN,
        ..Schema::ANY
    };
}
