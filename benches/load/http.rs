//! HTTP/1.1 over one connection that stays open, as a browser's: no more than is
//! needed, since whatever asks takes the processors from whatever answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

pub struct Client {
    address: SocketAddr,
    /// Whom the requests are said to come from: limits count by this.
    from: String,
    stream: Option<BufReader<TcpStream>>,
    cookies: Vec<(String, String)>,
}

#[derive(Default)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_default()
    }
}

impl Client {
    /// The `number`th person.
    pub fn new(address: SocketAddr, number: usize) -> Client {
        let mut client = Client { address, from: String::new(), stream: None, cookies: Vec::new() };
        client.be(number);
        client
    }

    /// The next requests come from another person, over the same connection: as behind a
    /// proxy.
    pub fn be(&mut self, number: usize) {
        self.from = format!("10.{}.{}.{}", number >> 16 & 255, number >> 8 & 255, number & 255);
        self.cookies.clear();
    }

    pub fn get(&mut self, path: &str, headers: &str) -> std::io::Result<Answer> {
        self.ask("GET", path, &format!("sec-fetch-site: none\r\n{headers}"), b"")
    }

    pub fn post(&mut self, path: &str, body: &[u8]) -> std::io::Result<Answer> {
        let kind = "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n";
        self.ask("POST", path, &format!("{kind}content-length: {}\r\n", body.len()), body)
    }

    fn ask(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> std::io::Result<Answer> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = if cookies.is_empty() { String::new() } else { format!("cookie: {}\r\n", cookies.join("; ")) };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nx-forwarded-for: {}\r\n{cookies}{headers}\r\n",
            self.address, self.from
        );
        let mut request = head.into_bytes();
        request.extend(body);
        // A connection that was open may have been closed meanwhile: once more with a new one.
        if self.stream.is_some()
            && let Ok(answer) = self.exchange(&request)
        {
            return Ok(answer);
        }
        let stream = TcpStream::connect(self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        self.stream = Some(BufReader::with_capacity(32 << 10, stream));
        self.exchange(&request)
    }

    fn exchange(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        let Some(mut stream) = self.stream.take() else { return Err(broken("no connection")) };
        stream.get_mut().write_all(request)?;
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let mut answer = Answer { status: status.ok_or_else(|| broken("no status"))?, ..Answer::default() };
        let (mut length, mut is_chunked, mut closes) = (0, false, false);
        loop {
            line.clear();
            if stream.read_line(&mut line)? == 0 {
                return Err(broken("the head ends"));
            }
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "transfer-encoding" => is_chunked = value.eq_ignore_ascii_case("chunked"),
                "connection" => closes = value.eq_ignore_ascii_case("close"),
                "location" => answer.location = Some(value.to_owned()),
                "set-cookie" => self.keep_cookie(value),
                _ => {}
            }
        }
        if is_chunked {
            read_chunks(&mut stream, &mut answer.body)?;
        } else {
            answer.body.resize(length, 0);
            stream.read_exact(&mut answer.body)?;
        }
        if !closes {
            self.stream = Some(stream);
        }
        Ok(answer)
    }

    fn keep_cookie(&mut self, given: &str) {
        let Some((name, value)) = given.split(';').next().and_then(|pair| pair.split_once('=')) else { return };
        self.cookies.retain(|(is, _)| is != name);
        if !value.is_empty() {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}

fn read_chunks(stream: &mut impl BufRead, body: &mut Vec<u8>) -> std::io::Result<()> {
    let mut line = String::new();
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let size = usize::from_str_radix(line.trim(), 16).map_err(std::io::Error::other)?;
        let begin = body.len();
        body.resize(begin + size, 0);
        stream.read_exact(&mut body[begin..])?;
        line.clear();
        stream.read_line(&mut line)?;
        if size == 0 {
            return Ok(());
        }
    }
}

fn broken(why: &str) -> std::io::Error {
    std::io::Error::other(why)
}
