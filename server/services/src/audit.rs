//! Who did what when: written in the transaction of the change, never changed afterwards.
