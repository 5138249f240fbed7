//! View as: the console as a member or an API key would see it.

mod banner;
mod button;
mod functions;

pub use banner::ViewBanner;
pub use button::ViewButton;
pub use functions::BeginView;
