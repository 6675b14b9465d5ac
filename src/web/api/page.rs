//! The page for whoever wants figures in another program: where they are, how Excel,
//! Power BI and scripts have them, and what they mean. For everybody: it has nothing of
//! anybody's.

use super::error::PROBLEMS;
use crate::app::App;
use crate::campaign::Campaign;
use crate::report::Format;
use crate::web::ui::{self, Frame};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use maud::{Markup, html};

/// GET /api
pub async fn show(app: Data<App>) -> HttpResponse {
    let title = "Figures for other programs";
    let site = &app.settings.public_url;
    let body = html! {
        h1 { (title) }
        p.lead {
            "A spreadsheet, a dashboard or a script can read what your organisation has released, by address, and have the "
            "newest figures each time it is refreshed."
        }
        (token())
        (excel(site))
        (power_bi())
        (scripts(site))
        (addresses())
        (columns())
        (problems())
    };
    ui::page_response(StatusCode::OK, &Frame::new(title), body)
}

/// The addresses of the newest figures, to be copied.
pub fn briefly(site: &str, campaigns: &[&Campaign]) -> Markup {
    html! {
        @if !campaigns.is_empty() {
            h2 { "Addresses of the newest figures" }
            @for campaign in campaigns {
                p { strong { (campaign.name) } br; code { (latest(site, campaign.id.as_str(), Format::Csv)) } }
            }
        }
    }
}

fn latest(site: &str, campaign: &str, format: Format) -> String {
    format!("{site}/api/v1/campaigns/{campaign}/releases/latest.{}", format.extension())
}

fn token() -> Markup {
    html! {
        h2 { "First, a token" }
        p {
            "Somebody of your HR makes one under " a href="/hr/tokens" { "API tokens" } ": for figures, for papers, or for both; "
            "of all campaigns or of one; with a last day, if you like. The page shows it once, and the addresses of your campaigns "
            "beside it. Whoever has the token can read what it was made for: keep it as you keep a password, and have it ended when "
            "it is no longer needed."
        }
    }
}

fn excel(site: &str) -> Markup {
    html! {
        h2 { "Excel" }
        ol {
            li { "Choose " strong { "Data" } ", " strong { "From Web" } ", and paste the address of your campaign:"
                (example("The address", &latest(site, "CAMPAIGN", Format::Csv))) }
            li {
                "When Excel asks how to sign in, choose " strong { "Basic" } ". The user name can be anything; the password is the "
                "token. Excel keeps it with your own credentials and not in the workbook."
            }
            li { "Choose " strong { "Load" } ". " strong { "Refresh all" } " has the newest release from then on." }
        }
        p {
            "Just once, and no query? The same address with " code { "latest.xlsx" } " is a workbook with a sheet for each question."
        }
    }
}

fn power_bi() -> Markup {
    html! {
        h2 { "Power BI" }
        ol {
            li { "Choose " strong { "Get data" } ", " strong { "Web" } ", and paste the same address." }
            li {
                "Choose " strong { "Basic" } ", with any user name and the token as password. Where it asks at which level they "
                "apply, choose the address up to " code { "/api" } ": then they serve all campaigns."
            }
            li {
                "Where both " code { "count" } " and " code { "percent" } " are empty, the figure is not published, for too few "
                "people are behind it: leave these rows out, and do not read them as 0."
            }
        }
        p { "A token put into the query itself, as a header, can be read by everybody who has the report." }
    }
}

fn scripts(site: &str) -> Markup {
    html! {
        h2 { "Scripts" }
        (example("A call with curl", &format!("curl -H \"Authorization: Bearer $TOKEN\" {site}/api/v1/campaigns")))
        p {
            "Answers have an " code { "ETag" } ": a script that sends it back as " code { "If-None-Match" } " is answered 304, and "
            "nothing else, until something has changed. A token is never taken from an address: addresses are written down "
            "everywhere."
        }
        p {
            "All of it for programs: " a href="/api/v1/openapi.json" { "the OpenAPI 3.1 description" } ". What a release looks like: "
            a href="/api/v1/schema/release.json" { "its JSON Schema" } "."
        }
    }
}

fn addresses() -> Markup {
    let head = ["Address", "What is there", "Token for"].map(|text| html! { (text) });
    let rows = Format::ALL.map(|format| {
        vec![
            html! { code { "latest." (format.extension()) } },
            html! { (format.label()) },
            html! { (super::release::scope(format).label()) },
        ]
    });
    html! {
        h2 #addresses { "Addresses" }
        p { code { "/api/v1/campaigns" } " lists your campaigns with their ids, as JSON." }
        p {
            code { "/api/v1/campaigns/CAMPAIGN/releases" } " lists the releases of one. Beneath it stand their files. "
            code { "latest" } " is the newest release; a number in its place is that release, which never changes."
        }
        (ui::data_table("Files of a release", &head, &rows))
    }
}

/// Of the CSV, and of the sheets too.
fn columns() -> Markup {
    let rows: [(&str, &str); 9] = [
        ("question, question_label", "the question, by its code and in words; codes stay when words are changed"),
        (
            "type",
            "single, multiple, scale, rating, number or month: a question; or what else it is, as uptake and workforce",
        ),
        ("breakdown, group, group_label", "how the figure is split, and of which group it is; empty: of everybody"),
        ("option, option_label", "the answer that is counted"),
        ("base", "of how many people the percentage is: those of the group who were asked and answered"),
        ("count", "how many of them gave this answer"),
        ("percent, low, high", "the percentage, rounded half up, and its 95 % interval"),
        ("as_at", "the number of the earlier release up to which the figure counts, where it is not this one"),
        ("unit", "what percent, low and high are in, where they are no percentages"),
    ];
    html! {
        h2 #columns { "Columns of the CSV" }
        p {
            "A line is one figure. One without a " code { "count" } " and without a " code { "percent" } " is not published: too few "
            "people are behind it, or behind one beside it."
        }
        (ui::data_table(
            "What each column says",
            &["Column", "What is in it"].map(|text| html! { (text) }),
            &rows.map(|(name, what)| vec![html! { code { (name) } }, html! { (what) }]),
        ))
    }
}

fn problems() -> Markup {
    html! {
        h2 #problems { "When there are no figures" }
        p { "The answer says why, as problem details (RFC 9457). Its " code { "error" } " is one of these words:" }
        dl.summary {
            @for (word, title, meaning) in PROBLEMS {
                div id=(word) { dt { code { (word) } } dd { strong { (title) } ". " (meaning) } }
            }
        }
    }
}

fn example(label: &str, text: &str) -> Markup {
    html! { div.scroll role="region" aria-label=(label) tabindex="0" { pre { (text) } } }
}
