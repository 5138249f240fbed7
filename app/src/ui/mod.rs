//! The few components that every page is made of.
