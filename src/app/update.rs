//! The one function that changes the model, and how commands are run.
//!
//! Nothing here is shown as saved before the journal has it: an edit leaves as [`Effect::Append`], and only
//! [`Msg::Appended`] brings it into the evaluation. Must not know how effects are performed.

mod acts;
mod bench;
mod block;
mod export;
mod form;
mod moving;
mod opening;
mod overlay;
mod plot;
mod review;
mod saving;
mod table;
mod text;

use std::collections::VecDeque;

use super::command::{self, Command};
use super::finder::Scope;
use super::list::Motion;
use super::model::{Model, Notice, Overlay, Screen};
use super::msg::{Effect, Msg};
use super::source::Source;
use super::typing::Then;
use crate::domain::note::Verdict;
use crate::domain::reading::{Reading, Remark};
use crate::wording::screen::{self, Phrase};

/// Handles a message and everything that comes of it.
pub fn dispatch(model: &mut Model, msg: Msg, perform: &mut impl FnMut(Effect) -> Vec<Msg>) {
    let mut waiting = VecDeque::from([msg]);
    while let Some(msg) = waiting.pop_front() {
        for effect in update(model, msg) {
            waiting.extend(perform(effect));
        }
    }
}

/// Handles one message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Run(command) => return run_if_enabled(model, command),
        Msg::Begin(c) => return text::begin(model, &c.to_string()),
        Msg::Paste(pasted) => return text::paste(model, &pasted),
        Msg::Edit(request) => text::edit(model, request),
        Msg::Point { row, column } => return moving::point(model, row, column),
        Msg::Seen(seen) => moving::saw(model, seen),
        Msg::Progress { done, of } => overlay::progress(model, done, of),
        Msg::Ready => return vec![Effect::Take],
        Msg::Opened(opened) => model.open(*opened),
        Msg::OpenFailed(fault) | Msg::Failed(fault) => overlay::failed(model, fault),
        Msg::Appended(events) => saving::appended(model, &events),
        Msg::AppendFailed(fault) => saving::failed(model, fault),
        Msg::UndoRefused(refused) => saving::refused(model, refused),
        Msg::UndoAsks { changes, file } => model.overlays.push(Overlay::TakeBack { changes, file }),
        Msg::History { asked, steps } => opening::show_history(model, asked, steps),
        Msg::Planned(planned) => acts::planned(model, *planned),
        Msg::Reviewed { reviewed, fate } => review::came(model, reviewed, fate),
        Msg::Waiting(all) => review::wait(model, all),
        Msg::MarksKept => overlay::work_is_over(model, true),
        Msg::Moved { centre, found } => opening::show_nearest(model, &centre, found.as_deref()),
        Msg::ChangeNoted { file } => review::noted(model, file),
        Msg::Exported { written, folder } => acts::exported(model, &written, &folder),
        Msg::Stopped => acts::stopped(model),
        Msg::Rubric { name, path, text } => return opening::rubric_came(model, name, path, text),
        Msg::OnBench { name, path, text } => return bench::came(model, name, path, text),
        Msg::Tried { turn, impact } => bench::tried(model, turn, impact),
        Msg::RubricSaved { text } => bench::saved(model, text),
        Msg::RubricText { title, text } => model.screens.push(Screen::Source(Source::new(title, text, 0..0))),
        Msg::Quit => model.quit = true,
    }
    Vec::new()
}

fn run_if_enabled(model: &mut Model, command: Command) -> Vec<Effect> {
    model.notice = None;
    if let Some(row) = command::row(command)
        && let Err(why) = (row.enabled)(model)
    {
        return say(model, why);
    }
    run(model, command)
}

fn say(model: &mut Model, phrase: Phrase) -> Vec<Effect> {
    model.notice = Some(Notice::Said(phrase));
    Vec::new()
}

fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Demo => return acts::demo(model),
        Command::Undo if matches!(model.screen(), Some(Screen::Bench(_))) => return bench::undo(model),
        Command::Undo => return vec![Effect::Undo { confirmed: false }],
        Command::TakeBack => return acts::take_back(model),
        Command::NearestChange => return opening::ask_nearest(model),
        Command::Redraw => return vec![Effect::Redraw],
        Command::Up => return moving::go(model, Motion::Back(1), Then::Up),
        Command::Down => return moving::go(model, Motion::On(1), Then::Down),
        Command::PageUp => return moving::go(model, Motion::PageBack, Then::Up),
        Command::PageDown => return moving::go(model, Motion::PageOn, Then::Down),
        Command::First => return moving::go(model, Motion::First, Then::Up),
        Command::Last => return moving::go(model, Motion::Last, Then::Down),
        Command::Left => moving::go_across(model, Motion::Back(1)),
        Command::Right => moving::go_across(model, Motion::On(1)),
        Command::Open if matches!(model.screen(), Some(Screen::Review(_))) => review::open(model),
        Command::Open => return opening::open(model),
        Command::Why => opening::why(model),
        Command::Back => moving::back(model),
        Command::NextGap => moving::next_gap(model),
        Command::NextCentre => moving::go_to_centre(model, Motion::On(1)),
        Command::PreviousCentre => moving::go_to_centre(model, Motion::Back(1)),
        Command::RubricText => return opening::rubric_text(model),
        Command::Article => opening::article(model),
        Command::Browse => return opening::browse(model),
        Command::Bench => return bench::open(model),
        Command::StepUp => return bench::step(model, 1),
        Command::StepDown => return bench::step(model, -1),
        Command::Finer => bench::finer(model),
        Command::Lock => bench::lock(model),
        Command::SaveRubric => return bench::save(model),
        Command::Turnover => moving::turn_over(model),
        Command::MarkAccepted => return review::mark(model, Verdict::Accept),
        Command::MarkRejected => return review::mark(model, Verdict::Reject),
        Command::MarkDiscuss => return review::mark(model, Verdict::Discuss),
        Command::MarkNote => review::note(model),
        Command::AcceptChange => review::accept(model),
        Command::OtherPane => review::turn(model),
        Command::History => return opening::ask_history(model),
        Command::Plot => plot::show(model),
        Command::Problems => opening::show_problems(model),
        Command::Help => overlay::open_finder(model, Scope::Here),
        Command::Palette => overlay::open_finder(model, Scope::Acts),
        Command::Dismiss | Command::Keep | Command::Leave => drop(model.overlays.pop()),
        Command::Language => overlay::switch_language(model),
        Command::Theme => model.theme = model.theme.next(),
        Command::Quit | Command::QuitAnyway => overlay::quit(model),
        Command::PasteHow => return say(model, screen::PASTE_HOW),
        command => return change(model, command),
    }
    Vec::new()
}

/// Commands that change something, or lead to it.
fn change(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::EnterValue => return text::begin(model, ""),
        Command::Save | Command::NextCell => return saving::save(model, Then::Next),
        Command::PreviousCell => return saving::save(model, Then::Previous),
        Command::Unset => return saving::mark(model, None),
        Command::NotReported => return saving::mark(model, Some(Reading::NotReported)),
        Command::NotApplicable => return saving::mark(model, Some(Reading::NotApplicable)),
        Command::LastYear => return saving::copy(model, true),
        Command::FillDown => return saving::copy(model, false),
        Command::AddJudge => saving::name_judge(model),
        Command::Filter => table::filter(model),
        Command::LeaveFilter => table::leave_filter(model),
        Command::ClearFilter => table::show_all(model),
        Command::Complete => table::complete(model),
        Command::Sort => table::sort(model),
        Command::ByKind => table::by_kind(model),
        Command::Roster => table::roster(model),
        Command::NewEvaluation => form::new_evaluation(model, ""),
        Command::OpenFile => form::open_file(model),
        Command::AddCentre => form::add_centre(model),
        Command::DropCentre => form::drop_centre(model),
        Command::Import => form::import(model),
        Command::Export => export::form(model),
        Command::CloseOrReopen => form::close_or_reopen(model),
        Command::Repin => form::choose_rubric(model, true),
        Command::Compare => form::choose_rubric(model, false),
        Command::Evidence => form::remark(model, Remark::Evidence),
        Command::Note => form::remark(model, Remark::Note),
        Command::AnswerQuery => form::answer(model),
        Command::Enter => return form::enter(model),
        Command::NextField => form::go(model, false),
        Command::PreviousField => form::go(model, true),
        Command::Turn => form::turn(model, false),
        Command::TurnBack => form::turn(model, true),
        Command::Submit => return acts::submit(model),
        Command::Apply => return acts::apply(model),
        Command::StopWork => return acts::stop(model),
        Command::Cancel => overlay::cancel(model),
        Command::Discard => overlay::discard(model),
        _ => {}
    }
    Vec::new()
}
