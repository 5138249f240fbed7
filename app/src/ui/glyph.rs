//! The drawings of the icons: strokes on a grid of 24.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Alert,
    Archive,
    ArrowLeft,
    ArrowRight,
    Bell,
    Book,
    Bot,
    Building,
    Check,
    CheckCircle,
    ChevronDown,
    ChevronRight,
    ChevronsUpDown,
    Clock,
    Close,
    Contrast,
    Copy,
    Cube,
    Device,
    Dots,
    Download,
    Edit,
    External,
    Eye,
    EyeOff,
    Folder,
    Gauge,
    Globe,
    Grid,
    Home,
    Info,
    Key,
    Laptop,
    Layers,
    Link,
    Lock,
    Mail,
    Menu,
    Monitor,
    Moon,
    Phone,
    Play,
    Plus,
    Refresh,
    Rows,
    Search,
    Send,
    Settings,
    Shield,
    SignOut,
    Sparkle,
    Sun,
    Trash,
    User,
    Users,
    Warning,
}

impl Glyph {
    /// Our own static markup, the only kind that may be set as inner HTML.
    pub(super) const fn drawing(self) -> &'static str {
        match self {
            Self::Alert => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 8v4.5M12 15.8v.1"/>"#,
            Self::Archive => {
                r#"<path d="M4 8.5h16V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1ZM3.5 4.5h17v4h-17ZM10 12h4"/>"#
            }
            Self::ArrowLeft => r#"<path d="M19 12H5M11 6l-6 6 6 6"/>"#,
            Self::ArrowRight => r#"<path d="M5 12h14M13 6l6 6-6 6"/>"#,
            Self::Bell => {
                r#"<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6 2 6.5H4C4 16 6 15 6 10ZM10 19.5a2 2 0 0 0 4 0"/>"#
            }
            Self::Book => {
                r#"<path d="M5 5.5A1.5 1.5 0 0 1 6.5 4H19v13H6.5A1.5 1.5 0 0 0 5 18.5ZM5 18.5A1.5 1.5 0 0 0 6.5 20H19v-3M9 8h6"/>"#
            }
            Self::Bot => {
                r#"<rect x="4.5" y="8.5" width="15" height="11" rx="2.5"/><path d="M12 8.5V5M2.5 13v3M21.5 13v3M9 13v1.5M15 13v1.5"/><circle cx="12" cy="4" r="1"/>"#
            }
            Self::Building => {
                r#"<path d="M5 20V5.5A1.5 1.5 0 0 1 6.5 4h7A1.5 1.5 0 0 1 15 5.5V20M15 10h2.5A1.5 1.5 0 0 1 19 11.5V20M3 20h18M8.5 8h3M8.5 12h3M8.5 16h3"/>"#
            }
            Self::Check => r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#,
            Self::CheckCircle => r#"<circle cx="12" cy="12" r="8.5"/><path d="m8.5 12.3 2.5 2.5 4.5-5"/>"#,
            Self::ChevronDown => r#"<path d="m7 10 5 5 5-5"/>"#,
            Self::ChevronRight => r#"<path d="m10 7 5 5-5 5"/>"#,
            Self::ChevronsUpDown => r#"<path d="m8 9.5 4-4 4 4M8 14.5l4 4 4-4"/>"#,
            Self::Clock => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>"#,
            Self::Close => r#"<path d="M6 6l12 12M18 6 6 18"/>"#,
            Self::Contrast => {
                r#"<circle cx="12" cy="12" r="8.5"/><path fill="currentColor" d="M12 3.5a8.5 8.5 0 0 1 0 17Z"/>"#
            }
            Self::Copy => {
                r#"<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2"/>"#
            }
            Self::Cube => {
                r#"<path d="M12 3 4.5 7.2v9.6L12 21l7.5-4.2V7.2ZM4.8 7.4 12 11.4l7.2-4M12 11.4V21"/>"#
            }
            Self::Device => {
                r#"<rect x="3" y="4.5" width="13" height="10" rx="1.5"/><path d="M3 18.5h9"/><rect x="15" y="10" width="6" height="10" rx="1.5"/>"#
            }
            Self::Dots => r#"<path stroke-width="2.5" d="M5.5 12h.01M12 12h.01M18.5 12h.01"/>"#,
            Self::Download => r#"<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>"#,
            Self::Edit => r#"<path d="m5 16-1 4 4-1L19.5 7.5a2.1 2.1 0 0 0-3-3ZM14.5 6.5l3 3"/>"#,
            Self::External => {
                r#"<path d="M13.5 4.5h6v6M19 5l-8.5 8.5M17.5 14v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8A1.5 1.5 0 0 1 6 6.5h4"/>"#
            }
            Self::Eye => {
                r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.8"/>"#
            }
            Self::EyeOff => {
                r#"<path d="M9.5 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.7 3.4M6.3 7.4A15.5 15.5 0 0 0 2.5 12S6 18.5 12 18.5a9.3 9.3 0 0 0 4.7-1.3M4 4l16 16"/>"#
            }
            Self::Folder => {
                r#"<path d="M3.5 7A1.5 1.5 0 0 1 5 5.5h4l2 2.5h8A1.5 1.5 0 0 1 20.5 9.5V17a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17Z"/>"#
            }
            Self::Gauge => r#"<path d="M4.5 18a9 9 0 1 1 15 0M12 14l4-5"/>"#,
            Self::Globe => {
                r#"<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>"#
            }
            Self::Grid => {
                r#"<path d="M4.5 4.5h6v6h-6ZM13.5 4.5h6v6h-6ZM4.5 13.5h6v6h-6ZM13.5 13.5h6v6h-6Z"/>"#
            }
            Self::Home => r#"<path d="M4 10.5 12 4l8 6.5V19a1 1 0 0 1-1 1h-4.5v-6h-5v6H5a1 1 0 0 1-1-1Z"/>"#,
            Self::Info => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11.5V16M12 8.2v.1"/>"#,
            Self::Key => r#"<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5M16 7.5l3 3"/>"#,
            Self::Laptop => r#"<rect x="5" y="5" width="14" height="10" rx="1.5"/><path d="M2.5 18.5h19"/>"#,
            Self::Layers => {
                r#"<path d="m12 3.5 8.5 4.5-8.5 4.5L3.5 8ZM3.5 12l8.5 4.5 8.5-4.5M3.5 16l8.5 4.5 8.5-4.5"/>"#
            }
            Self::Link => {
                r#"<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 1 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 1 0 5.7 5.7l1.1-1.1"/>"#
            }
            Self::Lock => {
                r#"<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2"/>"#
            }
            Self::Mail => {
                r#"<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4 7.5 8 6 8-6"/>"#
            }
            Self::Menu => r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#,
            Self::Monitor => {
                r#"<rect x="3.5" y="4.5" width="17" height="11.5" rx="2"/><path d="M8.5 20h7M12 16v4"/>"#
            }
            Self::Moon => r#"<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z"/>"#,
            Self::Phone => r#"<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 17.5h2"/>"#,
            Self::Play => r#"<path d="M7.5 5v14l11-7Z"/>"#,
            Self::Plus => r#"<path d="M12 5v14M5 12h14"/>"#,
            Self::Refresh => {
                r#"<path d="M19.5 11A7.6 7.6 0 0 0 5.3 8.5M4.5 4.5v4.2h4.2M4.5 13a7.6 7.6 0 0 0 14.2 2.5M19.5 19.5v-4.2h-4.2"/>"#
            }
            Self::Rows => r#"<path d="M4 6h16M4 12h16M4 18h16"/>"#,
            Self::Search => r#"<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.2-4.2"/>"#,
            Self::Send => r#"<path d="M20.5 3.5 10 14M20.5 3.5 14 20.5l-4-6.5-6.5-4Z"/>"#,
            Self::Settings => {
                r#"<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="2.5"/><circle cx="8" cy="17" r="2.5"/>"#
            }
            Self::Shield => r#"<path d="M12 3.5 5 6v5.5c0 4.2 2.8 7.3 7 9 4.2-1.7 7-4.8 7-9V6Z"/>"#,
            Self::SignOut => {
                r#"<path d="M14 5H6.5A1.5 1.5 0 0 0 5 6.5v11A1.5 1.5 0 0 0 6.5 19H14M10.5 12H20M16.5 8.5 20 12l-3.5 3.5"/>"#
            }
            Self::Sparkle => {
                r#"<path d="M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8ZM18.5 16.5v4M16.5 18.5h4"/>"#
            }
            Self::Sun => {
                r#"<circle cx="12" cy="12" r="4"/><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1"/>"#
            }
            Self::Trash => {
                r#"<path d="M4.5 7h15M9.5 7V5A1.5 1.5 0 0 1 11 3.5h2A1.5 1.5 0 0 1 14.5 5v2M6.5 7l.8 11.6a1.5 1.5 0 0 0 1.5 1.4h6.4a1.5 1.5 0 0 0 1.5-1.4L17.5 7M10 11v5M14 11v5"/>"#
            }
            Self::User => {
                r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4 3.4-6 7.5-6s6.9 2 7.5 6"/>"#
            }
            Self::Users => {
                r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 4.8a3.5 3.5 0 0 1 0 6.4M18.5 15c1.7.8 2.7 2.6 3 5"/>"#
            }
            Self::Warning => r#"<path d="M12 4 2.8 19.5h18.4ZM12 10v4.5M12 17v.1"/>"#,
        }
    }
}
