//! `blind.js` where it runs: against the RFC's published values, against the crate
//! that the server signs with, in both directions.

use crate::support::browser::Browser;
use crate::support::council::Council;
use crate::support::{TestApp, sources};
use blind_rsa_signatures::{
    BlindMessage, BlindSignature, BlindingResult, DefaultRng, KeyPairSha384PSSRandomized as KeyPair, MessageRandomizer,
    Secret, SecretKeySha384PSSRandomized as SecretKey, Signature,
};
use candour::web::ui;
use rsa::{BoxedUint, RsaPrivateKey};
use serde_json::{Value, json};

pub(super) const CAMPAIGN: &[u8] = b"0123456789abcdefghjkmnpqrs";

/// What the tests' own scripts find: the module, and bytes as pairs of digits.
const AROUND: &str = "
    const [path, given, done] = arguments;
    const bytes = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
    const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
    const refused = promise => promise.then(() => null, error => error.message);
    import(path).then(async blind => { STEPS }).then(said => done(said), error => done('failed: ' + error))";

/// Runs `steps` with the module as `blind` and the values as `given`.
pub(super) async fn run(browser: &Browser, steps: &str, given: Value) -> Value {
    let script = AROUND.replace("STEPS", steps);
    let said = browser.client.execute_async(&script, vec![json!(ui::BLIND.path), given]).await.unwrap();
    assert!(!said.as_str().is_some_and(|text| text.starts_with("failed: ")), "{said}");
    said
}

/// A browser at the page where a leaver begins: under its policy, which lets our own
/// scripts run and nothing else.
pub(super) fn at_a_page(visit: impl AsyncFnOnce(&Browser)) {
    let app = TestApp::on_sqlite();
    let code = Council::new(&app.app, "Westmere").codes(&app.app, 1).remove(0);
    let page = format!("{}/i/{code}", app.url());
    Browser::run(true, async |browser| {
        browser.open(&page).await;
        visit(&browser).await;
        browser.close().await;
    });
}

#[test]
fn the_values_of_the_rfc_come_out_step_by_step() {
    let vector: Value = serde_json::from_str(&sources::read("tests/it/fixtures/rfc9474.json")).unwrap();
    let text = |name: &str| vector[name].as_str().unwrap().to_owned();
    let number = |name: &str| BoxedUint::from_str_radix_vartime(&text(name), 16).unwrap();
    let n = number("n");
    let r = number("inv").invert_mod(&n.to_nz().unwrap()).unwrap();
    let primes = vec![number("p"), number("q")];
    let secret = SecretKey::new(RsaPrivateKey::from_components(n, number("e"), number("d"), primes).unwrap());
    let spki = secret.public_key().unwrap().to_der().unwrap();
    at_a_page(async |browser| {
        let steps = "
            const key = await blind.readKey(bytes(given.spki));
            const prepared = blind.prepare(bytes(given.msg), bytes(given.msg_prefix));
            const random = { salt: bytes(given.salt), r: bytes(given.r) };
            const { blinded, inverse } = await blind.blind(key, prepared, random);
            const signature = await blind.finalize(key, prepared, bytes(given.blind_sig), inverse);
            return {
                input_msg: hex(prepared), blinded_msg: hex(blinded), inv: hex(inverse), sig: hex(signature),
                isGood: await blind.verify(key, prepared, bytes(given.sig)),
            }";
        let mut given = vector.clone();
        given["spki"] = json!(hex(&spki));
        given["r"] = json!(hex(&r.to_be_bytes()));
        let said = run(browser, steps, given).await;
        for step in ["input_msg", "blinded_msg", "inv", "sig"] {
            assert_eq!(said[step], vector[step], "{step}");
        }
        assert_eq!(said["isGood"], true);
        // What the server does in between.
        let signed = secret.blind_sign(unhex(&text("blinded_msg"))).unwrap();
        assert_eq!(hex(&signed.0), text("blind_sig"));
    });
}

#[test]
fn what_the_browser_blinds_and_the_crate_signs_is_good_for_both() {
    at_a_page(async |browser| {
        // A length that is no multiple of eight too: its first byte is not full.
        for bits in [2048, 2050, 3072] {
            let keys = KeyPair::generate(&mut DefaultRng, bits).unwrap();
            let given = json!({ "spki": hex(&keys.pk.to_der().unwrap()), "campaign": hex(CAMPAIGN) });
            let steps = "
                const key = await blind.readKey(bytes(given.spki));
                const rounds = [];
                for (let round = 0; round < 20; round += 1) {
                    const prepared = blind.prepare(bytes(given.campaign));
                    const { blinded, inverse } = await blind.blind(key, prepared);
                    rounds.push({ prepared: hex(prepared), blinded: hex(blinded), inverse: hex(inverse) });
                }
                return rounds";
            let mut rounds = run(browser, steps, given.clone()).await;
            for round in rounds.as_array_mut().unwrap() {
                let blinded = unhex(round["blinded"].as_str().unwrap());
                let signed = keys.sk.blind_sign(&blinded).unwrap().0;
                // The crate fills its words up in front, where a length does not.
                let (nothing, signed) = signed.split_at(signed.len() - blinded.len());
                assert!(nothing.iter().all(|byte| *byte == 0));
                round["signed"] = json!(hex(signed));
            }
            let steps = "
                const key = await blind.readKey(bytes(given.spki));
                return Promise.all(given.rounds.map(({ prepared, signed, inverse }) =>
                    blind.finalize(key, bytes(prepared), bytes(signed), bytes(inverse)).then(hex)))";
            let given = json!({ "spki": given["spki"], "rounds": rounds });
            let signatures = run(browser, steps, given).await;
            for (round, signature) in rounds.as_array().unwrap().iter().zip(signatures.as_array().unwrap()) {
                let prepared = unhex(round["prepared"].as_str().unwrap());
                let (serial, message) = prepared.split_at(32);
                assert_eq!(message, CAMPAIGN);
                let signature = Signature(unhex(signature.as_str().unwrap()));
                let serial = MessageRandomizer(serial.try_into().unwrap());
                keys.pk.verify(&signature, Some(serial), message).unwrap();
            }
        }
    });
}

#[test]
fn what_the_crate_blinds_and_signs_is_good_for_the_browser() {
    at_a_page(async |browser| {
        let keys = KeyPair::generate(&mut DefaultRng, 2048).unwrap();
        let mut rounds = Vec::new();
        for _ in 0..20 {
            let blinded: BlindingResult = keys.pk.blind(&mut DefaultRng, CAMPAIGN).unwrap();
            let signed: BlindSignature = keys.sk.blind_sign(&blinded.blind_message).unwrap();
            let signature = keys.pk.finalize(&signed, &blinded, CAMPAIGN).unwrap();
            let serial = blinded.msg_randomizer.as_ref().unwrap().0;
            let (BlindMessage(_), Secret(inverse)) = (blinded.blind_message, &blinded.secret);
            rounds.push(json!({
                "prepared": hex(&[&serial[..], CAMPAIGN].concat()),
                "signed": hex(&signed.0), "inverse": hex(inverse), "signature": hex(&signature.0),
            }));
        }
        let steps = "
            const key = await blind.readKey(bytes(given.spki));
            return Promise.all(given.rounds.map(async ({ prepared, signed, inverse, signature }) => [
                await blind.verify(key, bytes(prepared), bytes(signature)),
                signature === hex(await blind.finalize(key, bytes(prepared), bytes(signed), bytes(inverse))),
            ]))";
        let said = run(browser, steps, json!({ "spki": hex(&keys.pk.to_der().unwrap()), "rounds": rounds })).await;
        assert_eq!(said, json!(vec![[true, true]; 20]));
    });
}

#[test]
fn nothing_repeats_and_nothing_shows() {
    let keys = KeyPair::generate(&mut DefaultRng, 2048).unwrap();
    at_a_page(async |browser| {
        let steps = "
            const key = await blind.readKey(bytes(given.spki));
            const prepared = blind.prepare(bytes(given.campaign), new Uint8Array(32));
            const rounds = [];
            for (let round = 0; round < 40; round += 1) {
                const { blinded, inverse } = await blind.blind(key, prepared);
                rounds.push(hex(blinded), hex(inverse), hex(blind.prepare(bytes(given.campaign)).subarray(0, 32)));
            }
            return rounds";
        let given = json!({ "spki": hex(&keys.pk.to_der().unwrap()), "campaign": hex(CAMPAIGN) });
        let said = run(browser, steps, given).await;
        let mut all: Vec<&str> = said.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 120, "a salt, a blinding factor or a serial came twice");
    });
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}
