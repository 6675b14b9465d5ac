#![doc = include_str!("ARCHITECTURE.md")]

pub mod app;
pub mod audit;
pub mod campaign;
pub mod clock;
pub mod config;
pub mod db;
pub mod id;
pub mod invitation;
pub mod release;
pub mod report;
pub mod secret;
pub mod staff;
pub mod survey;
pub mod ticket;
pub mod typed;
pub mod web;
