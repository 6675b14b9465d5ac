//! Against an SMTP server that demands STARTTLS and AUTH.

use crate::support::MailServer;

/// The peer that the other tests rely on is as strict as they think it is.
#[test]
fn the_mail_server_takes_mail_only_over_tls_from_whom_it_knows() {
    use lettre::transport::smtp::authentication::Credentials;
    use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
    use lettre::{Message, SmtpTransport, Transport};

    let server = MailServer::start();
    let authority = Certificate::from_pem(&std::fs::read(server.authority()).unwrap()).unwrap();
    let tls = TlsParameters::builder("localhost".to_owned()).add_root_certificate(authority).build().unwrap();
    let url = server.url();
    let port = url.expose().rsplit(':').next().unwrap().split('?').next().unwrap().parse().unwrap();
    let transport = |tls: Tls, password: &str| {
        SmtpTransport::builder_dangerous("localhost")
            .port(port)
            .tls(tls)
            .credentials(Credentials::new("candour".to_owned(), password.to_owned()))
            .build()
    };
    let letter = |to: &str| {
        let builder = Message::builder().from("a@example.org".parse().unwrap()).to(to.parse().unwrap());
        builder.subject("Hello").body("Words".to_owned()).unwrap()
    };
    let good = transport(Tls::Required(tls.clone()), "correct horse");
    good.send(&letter("someone@example.org")).unwrap();
    assert!(good.send(&letter("refused@example.org")).unwrap_err().is_permanent());
    assert!(good.send(&letter("busy@example.org")).unwrap_err().is_transient());
    assert!(good.send(&letter("busy-once@example.org")).unwrap_err().is_transient());
    good.send(&letter("busy-once@example.org")).unwrap();
    assert!(good.send(&letter("late-refused@example.org")).unwrap_err().is_permanent());
    assert!(transport(Tls::Required(tls), "wrong").send(&letter("someone@example.org")).is_err());
    assert!(transport(Tls::None, "correct horse").send(&letter("someone@example.org")).is_err());

    let received = server.received();
    assert_eq!(
        received.iter().flat_map(|mail| mail.to.clone()).collect::<Vec<_>>(),
        ["someone@example.org", "busy-once@example.org"]
    );
    assert!(received[0].text.contains("Subject: Hello"));
    assert!(server.attempts().iter().all(|attempt| attempt.tls && attempt.authenticated));
    assert_eq!(server.attempts()[1].reply, "550 5.1.1 No such person here");
}
