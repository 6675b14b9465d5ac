//! What our script does in a leaver's browser, done with the crate that the server
//! uses: blinds, has it signed, and takes the blinding off.

use super::visitor::{Page, Visitor};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use blind_rsa_signatures::{BlindSignature, BlindingResult, DefaultRng, PublicKeySha384PSSRandomized};
use serde_json::Value;

/// A browser with something to be signed.
pub struct Blinding {
    campaign: String,
    key: PublicKeySha384PSSRandomized,
    blinding: BlindingResult,
}

impl Blinding {
    /// For the campaign on whose invitation the visitor looks.
    pub fn on_page(visitor: &mut Visitor) -> Blinding {
        let campaign = visitor.page.attributes("form[data-campaign]", "data-campaign").remove(0);
        let shown = visitor.page.all("[data-fingerprint]").remove(0);
        let said: Value = serde_json::from_slice(&visitor.open(&format!("/campaigns/{campaign}/key")).bytes).unwrap();
        assert_eq!((said["fingerprint"].as_str(), said["campaign"].as_str()), (Some(&*shown), Some(&*campaign)));
        Blinding::new(&campaign, &STANDARD.decode(said["spki"].as_str().unwrap()).unwrap())
    }

    pub fn new(campaign: &str, spki: &[u8]) -> Blinding {
        let key = PublicKeySha384PSSRandomized::from_der(spki).unwrap();
        let blinding = key.blind(&mut DefaultRng, campaign).unwrap();
        Blinding { campaign: campaign.to_owned(), key, blinding }
    }

    pub fn spki(&self) -> Vec<u8> {
        self.key.to_der().unwrap()
    }

    /// The body of the exchange.
    pub fn request(&self, code: &str) -> [(String, String); 2] {
        let blinded = URL_SAFE_NO_PAD.encode(&*self.blinding.blind_message);
        [("code".to_owned(), code.to_owned()), ("blinded".to_owned(), blinded)]
    }

    /// Has it signed; the error is the page that came instead.
    pub fn exchange(&self, visitor: &mut Visitor, code: &str) -> Result<Vec<u8>, Page> {
        let page = visitor.post("/answer/exchange", &self.request(code));
        if page.status != 200 {
            return Err(page.clone());
        }
        let said: Value = serde_json::from_slice(&page.bytes).unwrap();
        Ok(URL_SAFE_NO_PAD.decode(said["signature"].as_str().unwrap()).unwrap())
    }

    /// The fields with which the ticket is asked for.
    pub fn finished(&self, signature: &[u8]) -> [(String, String); 3] {
        let signed = BlindSignature(signature.to_vec());
        let signature = self.key.finalize(&signed, &self.blinding, &self.campaign).unwrap();
        let serial = self.blinding.msg_randomizer.unwrap().0;
        [
            ("campaign".to_owned(), self.campaign.clone()),
            ("serial".to_owned(), URL_SAFE_NO_PAD.encode(serial)),
            ("signature".to_owned(), URL_SAFE_NO_PAD.encode(signature.0)),
        ]
    }

    /// From the link to the page with the ticket; returns the ticket.
    pub fn whole(visitor: &mut Visitor, code: &str) -> String {
        visitor.open(&format!("/i/{code}"));
        let blinding = Blinding::on_page(visitor);
        let signature = blinding.exchange(visitor, code).unwrap();
        visitor.post("/answer/begin", &blinding.finished(&signature)).expect(200, "Your browser made this ticket");
        visitor.page.all(".ticket").remove(0)
    }
}
