//! Listening, and stopping without dropping anybody.

use super::{Site, metrics, server};
use crate::app::App;
use actix_web::dev::Server;
use actix_web::{HttpServer, web};
use std::future::Future;
use std::net::TcpListener;
use std::time::Duration;

/// How long a client may take to send the head of a request.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long accepted requests have to finish once the process is told to stop.
const SHUTDOWN_SECONDS: u64 = 30;

/// Runs `main` on actix's runtime.
pub fn run<T>(main: impl Future<Output = T>) -> T {
    actix_web::rt::System::new().block_on(main)
}

/// Starts the service on `listener`, and what Prometheus reads on `metrics`. Both
/// run until SIGTERM or Ctrl-C, or until the handle stops them.
pub fn start(app: App, listener: TcpListener, metrics: Option<TcpListener>) -> std::io::Result<Server> {
    let site = Site::new(app);
    if let Some(metrics) = metrics {
        start_metrics(&site, metrics)?;
    }
    Ok(HttpServer::new(move || server(&site))
        .client_request_timeout(PATIENCE)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .listen(listener)?
        .run())
}

fn start_metrics(site: &Site, listener: TcpListener) -> std::io::Result<()> {
    let site = site.clone();
    let serving = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(web::Data::new(site.app.clone()))
            .app_data(web::Data::new(site.clone()))
            .route("/metrics", web::get().to(metrics::show))
    })
    .workers(1)
    .listen(listener)?
    .run();
    tokio::spawn(serving);
    Ok(())
}
