//! Dense values.

use crate::{
    invalid::{Invalid, Rule, check_length},
    limits,
};
use std::{ops::Deref, sync::Arc};

/// 1 to 20,000 finite numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Values(Arc<[f32]>);

impl Values {
    pub fn new(values: impl Into<Arc<[f32]>>) -> Result<Self, Invalid> {
        let values = values.into();
        check_length("values", "numbers", (1, limits::DIMENSIONS), values.len())?;
        check_finite("values", &values)?;
        Ok(Self(values))
    }

    /// What is stored must point somewhere; what is asked for need not.
    pub fn check_not_zero(&self) -> Result<(), Invalid> {
        let squares: f64 = self.iter().map(|v| f64::from(*v) * f64::from(*v)).sum();
        if squares.sqrt() < limits::SMALLEST_MAGNITUDE {
            return Err(Invalid::new("values", Rule::AllZero));
        }
        Ok(())
    }
}

impl Deref for Values {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        &self.0
    }
}

pub(super) fn check_finite(field: &str, values: &[f32]) -> Result<(), Invalid> {
    match values.iter().position(|v| !v.is_finite()) {
        None => Ok(()),
        Some(position) => {
            let found = f64::from(values[position]);
            Err(Invalid::new(field, Rule::Finite { position, found }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_finite_and_1_to_20000() {
        assert!(Values::new([1.0]).is_ok());
        assert!(Values::new(vec![0.5; 20_000]).is_ok());
        let long = Values::new(vec![0.5; 20_001]).expect_err("must be refused");
        assert_eq!(long.to_string(), "values: must be 1 to 20000 numbers, but is 20001");
        assert!(Values::new([]).is_err());
        let not_a_number = Values::new([0.0, f32::NAN]).expect_err("must be refused");
        assert_eq!(not_a_number.to_string(), "values: must hold finite numbers, but has NaN at position 1");
        assert!(Values::new([f32::NEG_INFINITY]).is_err());
    }

    #[test]
    fn zeros_have_no_direction() {
        let zero = |value: f32| Values::new([value, 0.0]).expect("finite").check_not_zero();
        assert_eq!(zero(-0.0).expect_err("must be refused").rule, Rule::AllZero);
        assert!(zero(9e-9).is_err());
        assert!(zero(2e-8).is_ok());
        assert!(zero(f32::MAX).is_ok());
    }
}
