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
        UnknownValue, chrono, integer, present, serde_json, uuid,
        serde::{Deserialize, Serialize},
    };

    /// A book, as the library lends it.
    ///
    /// It is ordered by number:
    ///
    ///    GET /books/7
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Book {
        /// Chosen by the library.
        ///
        /// Only in answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<uuid::Uuid>,
        /// The title on its cover.
        ///
        /// 1 to 255 characters.
        pub title: String,
        /// The number that publishers give to books.
        pub isbn: Isbn,
        /// Where it stands; `null` while it is lent.
        pub shelf: Option<String>,
        /// The member `subtitle`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub subtitle: Option<String>,
        /// Absent while nobody has looked; `null` where there was none.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub translator: Option<Option<String>>,
        /// What became of it.
        pub state: State,
        /// The member `kind`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<BookKind>,
        /// The member `pages`.
        ///
        /// At least 1.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub pages: Option<i64>,
        /// The member `copies`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::present"
        )]
        pub copies: Option<Option<i32>>,
        /// The member `price`.
        ///
        /// A multiple of 0.01.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub price: Option<f64>,
        /// The member `lentAt`.
        #[serde(rename = "lentAt", default, skip_serializing_if = "Option::is_none")]
        pub lent_at: Option<chrono::DateTime<chrono::FixedOffset>>,
        /// The member `authors`.
        ///
        /// At most 20 items.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub authors: Option<Vec<Author>>,
        /// The member `ratings`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub ratings: Option<Vec<i64>>,
        /// The member `wordCounts`.
        #[serde(
            rename = "wordCounts",
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub word_counts: Option<BTreeMap<String, i64>>,
        /// Whatever the library wants to remember.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub notes: Option<serde_json::Map<String, serde_json::Value>>,
        /// The member `anything`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub anything: Option<serde_json::Value>,
        /// The member `pin`.
        ///
        /// Only in requests.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub pin: Option<String>,
    }

    /// The number that publishers give to books.
    ///
    /// Matches `^[0-9-]{10,17}$`.
    pub type Isbn = String;

    /// What became of it.
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
    pub enum State {
        /// `on-shelf`.
        #[serde(rename = "on-shelf")]
        OnShelf,
        /// `lent`.
        #[serde(rename = "lent")]
        Lent,
        /// `lost`.
        #[serde(rename = "lost")]
        Lost,
        /// The empty text.
        #[serde(rename = "")]
        Empty,
    }

    impl State {
        /// Every value, in the document's order.
        pub const ALL: [Self; 4] = [Self::OnShelf, Self::Lent, Self::Lost, Self::Empty];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::OnShelf => "on-shelf",
                Self::Lent => "lent",
                Self::Lost => "lost",
                Self::Empty => "",
            }
        }
    }

    impl std::fmt::Display for State {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for State {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "on-shelf" => Ok(Self::OnShelf),
                "lent" => Ok(Self::Lent),
                "lost" => Ok(Self::Lost),
                "" => Ok(Self::Empty),
                _ => {
                    Err(UnknownValue {
                        expected: &["on-shelf", "lent", "lost", ""],
                    })
                }
            }
        }
    }

    /// The member `kind` of `Book`.
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
    pub enum BookKind {
        /// `book`.
        #[serde(rename = "book")]
        #[default]
        Book,
    }

    impl BookKind {
        /// Every value, in the document's order.
        pub const ALL: [Self; 1] = [Self::Book];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Book => "book",
            }
        }
    }

    impl std::fmt::Display for BookKind {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for BookKind {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "book" => Ok(Self::Book),
                _ => {
                    Err(UnknownValue {
                        expected: &["book"],
                    })
                }
            }
        }
    }

    /// The schema `Author`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Author {
        /// The member `name`.
        pub name: String,
        /// The member `born`.
        ///
        /// Of the format `date`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub born: Option<String>,
    }

    /// The schema `Loan`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Loan {
        /// The member `books`.
        ///
        /// At least 1 item. No two items are equal.
        pub books: Vec<Isbn>,
        /// The member `card`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub card: Option<i64>,
        /// The member `email`.
        ///
        /// Of the format `email`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
    }

    /// The schema `Labels`.
    pub type Labels = BTreeMap<String, String>;

    /// The schema `Settings`.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Settings {
        /// The member `days`.
        ///
        /// Default: `28`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub days: Option<i64>,
        /// The members beside those above.
        #[serde(flatten, deserialize_with = "integer::deserialize")]
        pub extra: BTreeMap<String, i64>,
    }
}

pub mod tables {
    use ::schema_check::{Format, Literal, Number, Pattern, Schema, Types};

    /// `#/components/schemas/Book`
    pub static BOOK: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("id", &BOOK_ID),
            ("title", &BOOK_TITLE),
            ("isbn", &ISBN),
            ("shelf", &BOOK_SHELF),
            ("subtitle", &BOOK_SUBTITLE),
            ("translator", &BOOK_TRANSLATOR),
            ("state", &STATE),
            ("kind", &BOOK_KIND),
            ("pages", &BOOK_PAGES),
            ("copies", &BOOK_COPIES),
            ("price", &BOOK_PRICE),
            ("lentAt", &BOOK_LENT_AT),
            ("authors", &BOOK_AUTHORS),
            ("ratings", &BOOK_RATINGS),
            ("wordCounts", &BOOK_WORD_COUNTS),
            ("notes", &BOOK_NOTES),
            ("anything", &Schema::ANY),
            ("pin", &BOOK_PIN),
        ],
        required: &["id", "title", "isbn", "shelf", "state"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/id`
    pub static BOOK_ID: Schema = Schema {
        types: Types::STRING,
        format: Some(Format::Uuid),
        read_only: true,
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/title`
    pub static BOOK_TITLE: Schema = Schema {
        types: Types::STRING,
        min_length: Some(1),
        max_length: Some(255),
        ..Schema::ANY
    };

    /// `#/components/schemas/Isbn`
    pub static ISBN: Schema = Schema {
        types: Types::STRING,
        pattern: Some(&ISBN_PATTERN),
        ..Schema::ANY
    };

    static ISBN_PATTERN: Pattern = Pattern::new("^[0-9-]{10,17}$");

    /// `#/components/schemas/Book/properties/shelf`
    pub static BOOK_SHELF: Schema = Schema {
        types: Types::NULL.or(Types::STRING),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/subtitle`
    pub static BOOK_SUBTITLE: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/translator`
    pub static BOOK_TRANSLATOR: Schema = Schema {
        types: Types::NULL.or(Types::STRING),
        ..Schema::ANY
    };

    /// `#/components/schemas/State`
    pub static STATE: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(
            &[
                Literal::String("on-shelf"),
                Literal::String("lent"),
                Literal::String("lost"),
                Literal::String(""),
            ],
        ),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/kind`
    pub static BOOK_KIND: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("book")]),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/pages`
    pub static BOOK_PAGES: Schema = Schema {
        types: Types::INTEGER,
        minimum: Some(Number::Integer(1)),
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/copies`
    pub static BOOK_COPIES: Schema = Schema {
        types: Types::NULL.or(Types::INTEGER),
        format: Some(Format::Int32),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/price`
    pub static BOOK_PRICE: Schema = Schema {
        types: Types::NUMBER,
        multiple_of: Some(Number::Float(0.01)),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/lentAt`
    pub static BOOK_LENT_AT: Schema = Schema {
        types: Types::STRING,
        format: Some(Format::DateTime),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/authors`
    pub static BOOK_AUTHORS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&AUTHOR),
        max_items: Some(20),
        ..Schema::ANY
    };

    /// `#/components/schemas/Author`
    pub static AUTHOR: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("name", &AUTHOR_NAME), ("born", &AUTHOR_BORN)],
        additional_properties: Some(&Schema::NEVER),
        required: &["name"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Author/properties/name`
    pub static AUTHOR_NAME: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Author/properties/born`
    pub static AUTHOR_BORN: Schema = Schema {
        types: Types::STRING,
        format: Some(Format::Date),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/ratings`
    pub static BOOK_RATINGS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&BOOK_RATINGS_ITEMS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/ratings/items`
    pub static BOOK_RATINGS_ITEMS: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/wordCounts`
    pub static BOOK_WORD_COUNTS: Schema = Schema {
        types: Types::OBJECT,
        additional_properties: Some(&BOOK_WORD_COUNTS_OTHERS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/wordCounts/additionalProperties`
    pub static BOOK_WORD_COUNTS_OTHERS: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/notes`
    pub static BOOK_NOTES: Schema = Schema {
        types: Types::OBJECT,
        ..Schema::ANY
    };

    /// `#/components/schemas/Book/properties/pin`
    pub static BOOK_PIN: Schema = Schema {
        types: Types::STRING,
        write_only: true,
        ..Schema::ANY
    };

    /// `#/components/schemas/Loan`
    pub static LOAN: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("books", &LOAN_BOOKS),
            ("card", &LOAN_CARD),
            ("email", &LOAN_EMAIL),
        ],
        required: &["books"],
        any_of: &[&LOAN_ANY_OF_1, &LOAN_ANY_OF_2],
        ..Schema::ANY
    };

    /// `#/components/schemas/Loan/properties/books`
    pub static LOAN_BOOKS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&ISBN),
        min_items: Some(1),
        unique_items: true,
        ..Schema::ANY
    };

    /// `#/components/schemas/Loan/properties/card`
    pub static LOAN_CARD: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Loan/properties/email`
    pub static LOAN_EMAIL: Schema = Schema {
        types: Types::STRING,
        format: Some(Format::Email),
        ..Schema::ANY
    };

    /// `#/components/schemas/Loan/anyOf/0`
    pub static LOAN_ANY_OF_1: Schema = Schema {
        required: &["card"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Loan/anyOf/1`
    pub static LOAN_ANY_OF_2: Schema = Schema {
        required: &["email"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Labels`
    pub static LABELS: Schema = Schema {
        types: Types::OBJECT,
        additional_properties: Some(&LABELS_OTHERS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Labels/additionalProperties`
    pub static LABELS_OTHERS: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Settings`
    pub static SETTINGS: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("days", &SETTINGS_DAYS)],
        additional_properties: Some(&SETTINGS_OTHERS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Settings/additionalProperties`
    pub static SETTINGS_OTHERS: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Settings/properties/days`
    pub static SETTINGS_DAYS: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };
}
