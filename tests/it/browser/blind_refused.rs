//! What `blind.js` must refuse: keys that could undo the blindness, and signatures
//! by which a server could mark somebody.

use super::blind::{CAMPAIGN, at_a_page, hex, run, unhex};
use blind_rsa_signatures::{
    DefaultRng, KeyPairSha384PSSRandomized as KeyPair, PublicKeySha384PSSRandomized as PublicKey,
};
use serde_json::{Value, json};

#[test]
fn a_key_that_candour_would_not_make_is_refused() {
    let good = KeyPair::generate(&mut DefaultRng, 2048).unwrap().pk;
    let spki = good.to_der().unwrap();
    let n = good.components().n();
    let e = [1, 0, 1];
    let even = [&n[..255], &[n[255] & 0xfe]].concat();
    let with = |n: &[u8], e: &[u8]| der(&RSA_ENCRYPTION, &[integer(n), integer(e)].concat());
    assert_eq!(with(&n, &e), spki, "the test writes keys as the crate does");
    let negative = [element(2, &n), integer(&e)].concat();
    let padded = [element(2, &[&[0, 0], &n[..]].concat()), integer(&e)].concat();
    let three = [integer(&n), integer(&e), integer(&e)].concat();
    let mut not_whole = spki.clone();
    not_whole[23] = 1;
    // The same contents behind a length of three bytes where two would do.
    let long_form = [&[0x30, 0x83, 0, spki[2], spki[3]], &spki[4..]].concat();
    let faulty = [
        ("1024 bits", with(&n[..128], &e)),
        ("2047 bits", with(&[&[0x7f], &n[1..]].concat(), &e)),
        ("4104 bits", with(&[&n[..], &n[..], &[1]].concat(), &e)),
        ("even", with(&even, &e)),
        ("modulus nought", with(&[], &e)),
        ("exponent 1", with(&n, &[1])),
        ("exponent 3", with(&n, &[3])),
        ("exponent even", with(&n, &[1, 0, 0])),
        ("exponent nought", with(&n, &[])),
        ("exponent large", with(&n, &[1, 0, 3])),
        ("negative", der(&RSA_ENCRYPTION, &negative)),
        ("padded", der(&RSA_ENCRYPTION, &padded)),
        ("three numbers", der(&RSA_ENCRYPTION, &three)),
        ("one number", der(&RSA_ENCRYPTION, &integer(&n))),
        ("of PSS", good.to_spki().unwrap()),
        ("of another kind", der(&[&RSA_ENCRYPTION[..10], &[2], &RSA_ENCRYPTION[11..]].concat(), &[])),
        ("PKCS #1", element(0x30, &[integer(&n), integer(&e)].concat())),
        ("not whole bytes", not_whole),
        ("long form", long_form),
        ("something behind", [&spki[..], &[0]].concat()),
        ("nothing", Vec::new()),
    ];
    at_a_page(async |browser| {
        let steps = "
            const refusals = {};
            for (const [what, spki] of given.faulty) refusals[what] = await refused(blind.readKey(bytes(spki)));
            const whole = bytes(given.spki);
            let read = 0;
            for (let end = 0; end < whole.length; end += 1) {
                if ((await refused(blind.readKey(whole.subarray(0, end)))) === null) read += 1;
            }
            refusals.cutOff = read === 0 ? 'all' : null;
            refusals.good = await refused(blind.readKey(whole));
            return refusals";
        let faulty: Vec<Value> = faulty.iter().map(|(what, spki)| json!([what, hex(spki)])).collect();
        let mut said = run(browser, steps, json!({ "spki": hex(&spki), "faulty": faulty })).await;
        assert_eq!(said["good"].take(), Value::Null);
        said.as_object_mut().unwrap().remove("good");
        for (what, why) in said.as_object().unwrap() {
            assert!(why.is_string(), "a key was read: {what}");
        }
        assert_eq!(said.as_object().unwrap().len(), faulty.len() + 1);
    });
}

#[test]
fn a_signature_that_is_not_good_is_refused() {
    let keys = KeyPair::generate(&mut DefaultRng, 2048).unwrap();
    let other = KeyPair::generate(&mut DefaultRng, 2048).unwrap();
    at_a_page(async |browser| {
        let steps = "
            const key = await blind.readKey(bytes(given.spki));
            const prepared = blind.prepare(bytes(given.campaign));
            const { blinded, inverse } = await blind.blind(key, prepared);
            return { prepared: hex(prepared), blinded: hex(blinded), inverse: hex(inverse) }";
        let given = json!({ "spki": hex(&keys.pk.to_der().unwrap()), "campaign": hex(CAMPAIGN) });
        let mut round = run(browser, steps, given.clone()).await;
        let blinded = unhex(round["blinded"].as_str().unwrap());
        let good = keys.sk.blind_sign(&blinded).unwrap().0;
        let signed_by_another = other.sk.blind_sign(below(&blinded, &other.pk)).unwrap().0;
        let mut faulty = faulty_signatures(&good, keys.pk.components().n());
        faulty.extend([("of another key", signed_by_another), ("not signed", blinded)]);
        round["spki"] = given["spki"].clone();
        round["other"] = json!(hex(&other.pk.to_der().unwrap()));
        round["good"] = json!(hex(&good));
        round["faulty"] = faulty.iter().map(|(what, signature)| json!([what, hex(signature)])).collect();
        let steps = "
            const key = await blind.readKey(bytes(given.spki));
            const other = await blind.readKey(bytes(given.other));
            const [prepared, inverse, good] = [given.prepared, given.inverse, given.good].map(bytes);
            const nought = new Uint8Array(inverse.length);
            const elsewhere = prepared.slice();
            elsewhere[elsewhere.length - 1] ^= 1;
            const refusals = {};
            for (const [what, signature] of given.faulty) {
                refusals[what] = await refused(blind.finalize(key, prepared, bytes(signature), inverse));
                if (await blind.verify(key, prepared, bytes(signature))) refusals[what] = null;
            }
            refusals['for another campaign'] = await refused(blind.finalize(key, elsewhere, good, inverse));
            refusals['under another key'] = await refused(blind.finalize(other, prepared, good, inverse));
            refusals['still blind'] = await refused(blind.finalize(key, prepared, good, nought));
            refusals['not its inverse'] = await refused(blind.finalize(key, prepared, good, good));
            const signature = await blind.finalize(key, prepared, good, inverse);
            refusals['good'] = (await blind.verify(key, prepared, signature)) ? 'good' : null;
            refusals['good for itself only'] = (await blind.verify(key, elsewhere, signature)) ? null : 'so it is';
            return refusals";
        let said = run(browser, steps, round).await;
        for (what, why) in said.as_object().unwrap() {
            assert!(why.is_string(), "a signature was taken: {what}");
        }
        assert_eq!(said.as_object().unwrap().len(), faulty.len() + 6);
    });
}

/// Nearly this one.
fn faulty_signatures(good: &[u8], n: Vec<u8>) -> Vec<(&'static str, Vec<u8>)> {
    let at = |at: usize| {
        let mut flipped = good.to_vec();
        flipped[at] ^= 1;
        flipped
    };
    vec![
        ("first bit", at(0)),
        ("middle bit", at(100)),
        ("last bit", at(255)),
        ("short", good[..255].to_vec()),
        ("short of its nought", good[1..].to_vec()),
        ("long", [good, &[0]].concat()),
        ("long in front", [&[0], good].concat()),
        ("nought", vec![0; 256]),
        ("one", [vec![0; 255], vec![1]].concat()),
        ("the modulus", n),
        ("all ones", vec![0xff; 256]),
        ("empty", Vec::new()),
    ]
}

#[test]
fn random_numbers_that_are_given_must_fit() {
    let KeyPair { pk, sk } = KeyPair::generate(&mut DefaultRng, 2048).unwrap();
    let prime = sk.components().primes().remove(0);
    at_a_page(async |browser| {
        let steps = "
            const key = await blind.readKey(bytes(given.spki));
            const prepared = blind.prepare(new Uint8Array(26));
            const [n, nought] = [bytes(given.n), new Uint8Array(256)];
            return [
                await refused(blind.blind(key, prepared, { r: nought })),
                await refused(blind.blind(key, prepared, { r: n })),
                // It has no inverse: nothing could take such a blinding off again.
                await refused(blind.blind(key, prepared, { r: bytes(given.prime) })),
                await refused(blind.blind(key, prepared, { salt: new Uint8Array(47) })),
                await refused((async () => blind.prepare(nought, new Uint8Array(31)))()),
            ]";
        let given = json!({ "spki": hex(&pk.to_der().unwrap()), "n": hex(&pk.components().n()), "prime": hex(&prime) });
        let said = run(browser, steps, given).await;
        assert!(said.as_array().unwrap().iter().all(Value::is_string), "{said}");
    });
}

/// The algorithm's name, and the NULL that goes with it.
const RSA_ENCRYPTION: [u8; 13] = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];

/// A public key with these contents.
fn der(algorithm: &[u8], numbers: &[u8]) -> Vec<u8> {
    let key = [&[0], &element(0x30, numbers)[..]].concat();
    element(0x30, &[element(0x30, algorithm), element(3, &key)].concat())
}

fn integer(number: &[u8]) -> Vec<u8> {
    let is_high = number.first().is_none_or(|first| *first >= 0x80);
    element(2, &[if is_high { &[0][..] } else { &[] }, number].concat())
}

fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    let [high, low] = u16::try_from(contents.len()).unwrap().to_be_bytes();
    let head = match (high, low) {
        (0, 0..0x80) => vec![tag, low],
        (0, _) => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [&head[..], contents].concat()
}

/// The message, or one that is small enough for this key.
fn below(message: &[u8], key: &PublicKey) -> Vec<u8> {
    let mut message = message.to_vec();
    if message >= key.components().n() {
        message[0] = 0;
    }
    message
}
