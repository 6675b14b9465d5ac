//! What stands around Candour: the address that people see, and the mail server.

use super::Finding;
use crate::config::Settings;
use crate::mail::Transport;

pub fn address(settings: &Settings) -> Vec<Finding> {
    if settings.is_https() {
        return Vec::new();
    }
    let what = format!("public_url is {}: what people answer crosses the network in the clear", settings.public_url);
    vec![Finding::problem(
        what,
        "put a proxy with TLS in front (deploy/nginx.conf), and set public_url to its https://",
    )]
}

pub async fn mail(settings: &Settings) -> Vec<Finding> {
    if settings.smtp_url.is_none() {
        let what = format!("there is no smtp_url: e-mails go to {} and to nobody", settings.mail_folder.display());
        return vec![Finding::problem(what, "set smtp_url to your mail server")];
    }
    let remedy = "mend smtp_url, mail_from or smtp_ca_file, or the way to the mail server";
    match Transport::from_settings(settings) {
        Err(error) => vec![Finding::problem(error.to_string(), remedy)],
        Ok(transport) => match transport.greet().await {
            Ok(()) => Vec::new(),
            Err(why) => vec![Finding::problem(why, remedy)],
        },
    }
}
