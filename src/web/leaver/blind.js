// Blind signatures in the leaver's own browser: RFC 9474, in the variant
// RSABSSA-SHA384-PSS-Randomized. The service signs something that it cannot see,
// and so cannot tell later who came with it. This file is the arithmetic and
// nothing else: it asks no network, touches no page and keeps nothing. It stands
// on two things that browsers bring: BigInt for the large numbers, and WebCrypto
// for hashing, chance and checking signatures. A browser without them (or a page
// that came without TLS, where browsers withhold WebCrypto) fails here at once,
// and the page goes on without script.
//
// Numbers are BigInt, everything that comes in or goes out is Uint8Array, and
// whatever is not as it should be throws. Section numbers are those of RFC 9474
// where nothing else is said; RFC 8017 is PKCS #1, which it builds on.
//
// Side channels (7.1): BigInt takes a time that depends on the numbers. The secret
// ones here (the blinding factor r, its inverse, the serial) are made, used once
// and forgotten in the machine of the very person whom they protect. Nobody
// measures there but who could as well read the screen. The service sees two
// requests, whose distance is the network's and the person's own; it never gets to
// choose a number and have it worked on again with the same secret. Its own half,
// the private key, is where timing counts, and is not here.

const HASH = "SHA-384";
const HASH_LENGTH = 48; // of SHA-384, in bytes
const SALT_LENGTH = 48; // section 5: as long as the hash
const PREFIX_LENGTH = 32; // section 4.1
const EXPONENT = 65537n;
const LEAST_BITS = 2048;
const MOST_BITS = 4096;

// ---- The campaign's key -----------------------------------------------------

/**
 * The key's first 128 bits of SHA-256, to be compared by eye or read out: the
 * same on the campaign's public page and in every release.
 */
export async function fingerprint(spki) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", spki));
  return hex(hash.subarray(0, 16)).match(/.{4}/g).join(" ");
}

/**
 * Reads a public key (DER of a SubjectPublicKeyInfo, RFC 5280 4.1) and refuses
 * every one that Candour does not make. Whether it is the campaign's is the
 * fingerprint's to say; this is about keys that could undo the blindness.
 *
 * With a modulus that somebody has prepared so that 65537 divides phi(n), the
 * blinded message would give some bits of the message away (7.3). That cannot be
 * seen in the number. But with such a key only one message in 65,537 has a
 * signature at all, and what has none is refused in `finalize`; and the message
 * begins with 32 random bytes, so there is nothing to guess it by beforehand.
 */
export async function readKey(spki) {
  const { n, e } = readNumbers(spki);
  const bits = n.toString(2).length;
  if (bits < LEAST_BITS || bits > MOST_BITS) throw new Error(`a modulus of ${bits} bits`);
  if (n % 2n === 0n) throw new Error("an even modulus");
  if (e !== EXPONENT) throw new Error("a public exponent other than 65537");
  const algorithm = { name: "RSA-PSS", hash: HASH };
  const verifying = await crypto.subtle.importKey("spki", spki, algorithm, false, ["verify"]);
  return Object.freeze({ n, bits, size: Math.ceil(bits / 8), verifying });
}

/** Modulus and exponent. Everything between and after them must be as DER has it. */
function readNumbers(spki) {
  const whole = only(SEQUENCE, spki);
  const [algorithm, after] = take(SEQUENCE, whole);
  if (hex(algorithm) !== RSA_ENCRYPTION) throw new Error("a key of another kind");
  const bitString = only(BIT_STRING, after);
  if (bitString[0] !== 0) throw new Error("a bit string that is not whole bytes");
  const numbers = only(SEQUENCE, bitString.subarray(1));
  const [n, rest] = take(INTEGER, numbers);
  return { n: natural(n), e: natural(only(INTEGER, rest)) };
}

const SEQUENCE = 0x30;
const BIT_STRING = 0x03;
const INTEGER = 0x02;
const RSA_ENCRYPTION = "06092a864886f70d0101010500"; // 1.2.840.113549.1.1.1, and NULL

/** The contents of the element at the beginning, and what stands behind it. */
function take(tag, bytes) {
  if (bytes[0] !== tag) throw new Error("not the DER of a public key");
  const [length, start] = lengthOf(bytes);
  const end = start + length;
  if (end > bytes.length) throw new Error("cut off");
  return [bytes.subarray(start, end), bytes.subarray(end)];
}

/** The contents of the one element that there is. */
function only(tag, bytes) {
  const [contents, rest] = take(tag, bytes);
  if (rest.length > 0) throw new Error("something behind the key");
  return contents;
}

/** How long an element is and where it starts: in the shortest form, as DER wants. */
function lengthOf(bytes) {
  const [, first, second, third] = bytes;
  if (first < 0x80) return [first, 2];
  if (first === 0x81 && second >= 0x80) return [second, 3];
  if (first === 0x82 && second > 0 && third !== undefined) return [second * 256 + third, 4];
  throw new Error("a length that is not in its shortest form, or too long");
}

function natural(bytes) {
  const isPadded = bytes[0] === 0 && !(bytes[1] >= 0x80);
  if (bytes.length === 0 || bytes[0] >= 0x80 || isPadded) throw new Error("not a positive number in its shortest form");
  return toNumber(bytes);
}

// ---- The protocol -----------------------------------------------------------

/** 4.1 Prepare, PrepareRandomize: what is signed is 32 random bytes and the message. */
export function prepare(message, prefix = random(PREFIX_LENGTH)) {
  if (prefix.length !== PREFIX_LENGTH) throw new Error("a prefix of another length");
  return joined(prefix, message);
}

/**
 * 4.2 Blind: what the service is to sign, and the number that takes the blinding
 * off again. `salt` and `r` are random; they are arguments for the RFC's test
 * vectors only.
 */
export async function blind(key, prepared, { salt = random(SALT_LENGTH), r = randomBelow(key) } = {}) {
  const m = toNumber(await encode(prepared, key.bits - 1, salt)); // steps 1 to 3
  // Steps 4 and 5: a message that shares a factor with n would have found that
  // factor, and it would show through the blinding.
  inverseOf(m, key.n);
  const factor = toNumber(r); // step 6
  if (factor < 1n || factor >= key.n) throw new Error("a blinding factor out of range");
  const inverse = inverseOf(factor, key.n); // steps 7 and 8
  const x = raised(factor, key.n); // step 9, RSAVP1
  const z = (m * x) % key.n; // step 10
  return { blinded: toBytes(z, key.size), inverse: toBytes(inverse, key.size) }; // steps 11 and 12
}

/**
 * 4.4 Finalize: takes the blinding off, and throws unless what is left is a good
 * signature. Nobody may go on with one that is not: a service that signs badly on
 * purpose would know its mark again. A good one cannot carry a mark, because to a
 * message with its salt there is one signature and no other.
 */
export async function finalize(key, prepared, blindSignature, inverse) {
  if (blindSignature.length !== key.size) throw new Error("a blind signature of another length"); // step 1
  const z = toNumber(blindSignature); // step 2
  const taken = toNumber(inverse);
  if (z < 1n || z >= key.n || taken < 1n || taken >= key.n) throw new Error("a number out of range");
  const signature = toBytes((z * taken) % key.n, key.size); // steps 3 and 4
  if (!(await verify(key, prepared, signature))) throw new Error("a signature that is not good"); // steps 5 and 6
  return signature;
}

/**
 * 4.5 Verification: RSASSA-PSS-VERIFY of RFC 8017 8.1.2. The browser's own code
 * does it, not ours: what `blind` made is so looked at by somebody else too.
 */
export async function verify(key, prepared, signature) {
  if (signature.length !== key.size || toNumber(signature) >= key.n) return false;
  const scheme = { name: "RSA-PSS", saltLength: SALT_LENGTH };
  return crypto.subtle.verify(scheme, key.verifying, signature, prepared);
}

// ---- RFC 8017 ---------------------------------------------------------------

/** EMSA-PSS-ENCODE, RFC 8017 9.1.1: the message's hash, salted, over `bits` bits. */
async function encode(message, bits, salt) {
  const size = Math.ceil(bits / 8);
  const messageHash = await hashed(message); // step 2
  if (salt.length !== SALT_LENGTH) throw new Error("a salt of another length"); // step 4
  const hash = await hashed(joined(new Uint8Array(8), messageHash, salt)); // steps 5 and 6
  const padding = new Uint8Array(size - SALT_LENGTH - HASH_LENGTH - 2); // step 7
  const block = joined(padding, new Uint8Array([1]), salt); // step 8
  const mask = await stretched(hash, block.length); // step 9
  const masked = block.map((byte, at) => byte ^ mask[at]); // step 10
  masked[0] &= 0xff >> (8 * size - bits); // step 11
  return joined(masked, hash, new Uint8Array([0xbc])); // step 12
}

/** MGF1 of RFC 8017 B.2.1: `length` bytes out of a seed. */
async function stretched(seed, length) {
  const blocks = [];
  for (let counter = 0; counter * HASH_LENGTH < length; counter += 1) {
    blocks.push(await hashed(joined(seed, toBytes(BigInt(counter), 4))));
  }
  return joined(...blocks).subarray(0, length);
}

async function hashed(bytes) {
  return new Uint8Array(await crypto.subtle.digest(HASH, bytes));
}

// ---- Numbers ----------------------------------------------------------------

/** `base` to the public exponent, 65537: sixteen squarings and one multiplication. */
function raised(base, n) {
  let power = base;
  for (let step = 0; step < 16; step += 1) power = (power * power) % n;
  return (power * base) % n;
}

/** The inverse of `a` modulo `n`, by Euclid; there is none if they share a factor. */
function inverseOf(a, n) {
  let [r, next, s, following] = [n, a % n, 0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [s, following] = [following, s - quotient * following];
  }
  if (r !== 1n) throw new Error("a number without an inverse");
  return s < 0n ? s + n : s;
}

/**
 * Uniform from 1 to n - 1 (7.4): as many random bits as n has, again until they
 * fit, which takes two tries at most on average. A remainder would be simpler, and
 * would prefer small numbers.
 */
function randomBelow({ n, bits, size }) {
  for (;;) {
    const bytes = random(size);
    bytes[0] &= 0xff >> (8 * size - bits);
    const number = toNumber(bytes);
    if (number >= 1n && number < n) return bytes;
  }
}

function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** OS2IP, RFC 8017 4.2. */
function toNumber(bytes) {
  return BigInt(`0x0${hex(bytes)}`);
}

/** I2OSP, RFC 8017 4.1. */
function toBytes(number, size) {
  const digits = number.toString(16).padStart(2 * size, "0");
  if (digits.length !== 2 * size) throw new Error("a number that is too large");
  return Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
