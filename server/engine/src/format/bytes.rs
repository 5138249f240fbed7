//! Numbers, texts and lists as bytes, and back.

/// Bytes that passed their checksum and still make no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub usize);

pub trait Put {
    fn put(&mut self, bytes: &[u8]);

    fn put_u8(&mut self, value: u8) {
        self.put(&[value]);
    }

    fn put_u32(&mut self, value: u32) {
        self.put(&value.to_le_bytes());
    }

    fn put_u64(&mut self, value: u64) {
        self.put(&value.to_le_bytes());
    }

    fn put_f64(&mut self, value: f64) {
        self.put(&value.to_le_bytes());
    }

    /// Its length before it.
    fn put_bytes(&mut self, bytes: &[u8]) {
        self.put_u32(bytes.len() as u32);
        self.put(bytes);
    }

    fn put_text(&mut self, text: &str) {
        self.put_bytes(text.as_bytes());
    }

    fn put_f32s(&mut self, values: &[f32]) {
        self.put_bytes(bytemuck::cast_slice(values));
    }

    fn put_u32s(&mut self, values: &[u32]) {
        self.put_bytes(bytemuck::cast_slice(values));
    }
}

impl Put for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub fn is_done(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// For `ok_or_else` and `map_err`: what was just read makes no sense.
    pub fn malformed(&self) -> Malformed {
        Malformed(self.at)
    }

    pub fn done(&self) -> Result<(), Malformed> {
        if self.is_done() { Ok(()) } else { Err(self.malformed()) }
    }

    pub fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or(self.malformed())?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let malformed = self.malformed();
        self.take(N)?.try_into().map_err(|_| malformed)
    }

    pub fn u8(&mut self) -> Result<u8, Malformed> {
        Ok(self.array::<1>()?[0])
    }

    pub fn u32(&mut self) -> Result<u32, Malformed> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Result<u64, Malformed> {
        self.array().map(u64::from_le_bytes)
    }

    pub fn f64(&mut self) -> Result<f64, Malformed> {
        self.array().map(f64::from_le_bytes)
    }

    pub fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let length = self.u32()? as usize;
        self.take(length)
    }

    pub fn text(&mut self) -> Result<&'a str, Malformed> {
        let malformed = self.malformed();
        std::str::from_utf8(self.bytes()?).map_err(|_| malformed)
    }

    pub fn f32s(&mut self) -> Result<Vec<f32>, Malformed> {
        self.words().map(|words| words.map(f32::from_le_bytes).collect())
    }

    pub fn u32s(&mut self) -> Result<Vec<u32>, Malformed> {
        self.words().map(|words| words.map(u32::from_le_bytes).collect())
    }

    fn words(&mut self) -> Result<impl Iterator<Item = [u8; 4]> + 'a, Malformed> {
        let malformed = self.malformed();
        let (words, rest) = self.bytes()?.as_chunks::<4>();
        if rest.is_empty() { Ok(words.iter().copied()) } else { Err(malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.put_u8(7);
        bytes.put_u32(u32::MAX);
        bytes.put_u64(u64::MAX - 1);
        bytes.put_f64(-0.5);
        bytes.put_text("t\u{e4}xt");
        bytes.put_f32s(&[1.5, f32::MIN_POSITIVE]);
        bytes.put_u32s(&[]);
        bytes
    }

    fn read(bytes: &[u8]) -> Result<(), Malformed> {
        let mut reader = Reader::new(bytes);
        assert_eq!(reader.u8()?, 7);
        assert_eq!(reader.u32()?, u32::MAX);
        assert_eq!(reader.u64()?, u64::MAX - 1);
        assert_eq!(reader.f64()?, -0.5);
        assert_eq!(reader.text()?, "t\u{e4}xt");
        assert_eq!(reader.f32s()?, [1.5, f32::MIN_POSITIVE]);
        assert!(reader.u32s()?.is_empty());
        reader.done()
    }

    #[test]
    fn what_is_put_is_read() {
        assert_eq!(read(&sample()), Ok(()));
    }

    #[test]
    fn bytes_that_end_early_are_malformed() {
        let sample = sample();
        assert!((0..sample.len()).all(|length| read(&sample[..length]).is_err()));
        assert_eq!(read(&[&sample[..], &[0]].concat()), Err(Malformed(sample.len())));
    }

    #[test]
    fn lengths_that_lie_are_malformed() {
        assert!(Reader::new(&[255, 255, 255, 255, 0]).bytes().is_err());
        assert!(Reader::new(&[3, 0, 0, 0, 1, 2, 3]).f32s().is_err());
        assert!(Reader::new(&[1, 0, 0, 0, 0xff]).text().is_err());
    }
}
