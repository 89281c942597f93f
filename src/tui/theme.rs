//! Roles of text and how each looks. Colour is never the only sign: every role that means something has words or a
//! modifier of its own as well. Must not know what is drawn.

use ratatui::style::{Color, Modifier, Style};

use crate::app::model::Theme;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Plain,
    /// The bar at the top.
    Title,
    /// Column heads and headings of groups.
    Head,
    /// Said beside something else.
    Dim,
    /// The row the cursor is in.
    Row,
    /// The cell or line the cursor is on.
    Cursor,
    /// A text field.
    Field,
    Good,
    Bad,
    /// A gap, or something to look at.
    Attention,
    /// A key that can be pressed.
    Key,
    /// Something was saved.
    Saved,
}

pub fn style(theme: Theme, role: Role) -> Style {
    let base = match role {
        Role::Title | Role::Head | Role::Row | Role::Bad | Role::Key => Style::new().add_modifier(Modifier::BOLD),
        Role::Dim => Style::new().add_modifier(Modifier::DIM),
        // The whole of what the cursor is on looks the same, whatever was drawn there.
        Role::Cursor => {
            let plain = Style::new().fg(Color::Reset).bg(Color::Reset).remove_modifier(Modifier::DIM);
            return plain.add_modifier(Modifier::REVERSED);
        }
        Role::Field => Style::new().add_modifier(Modifier::UNDERLINED),
        Role::Plain | Role::Good | Role::Attention | Role::Saved => Style::new(),
    };
    match colour(theme, role) {
        Some(colour) => base.fg(colour),
        None => base,
    }
}

/// Blue, orange-like yellow and magenta are told apart by the colour blind; red and green never stand alone.
fn colour(theme: Theme, role: Role) -> Option<Color> {
    let (dark, light) = match role {
        Role::Title | Role::Head | Role::Key => (Color::Cyan, Color::Blue),
        Role::Good | Role::Saved => (Color::LightBlue, Color::Blue),
        Role::Bad => (Color::LightRed, Color::Red),
        Role::Attention => (Color::Yellow, Color::Magenta),
        Role::Field => (Color::White, Color::Black),
        Role::Plain | Role::Dim | Role::Row | Role::Cursor => return None,
    };
    match theme {
        Theme::Dark => Some(dark),
        Theme::Light => Some(light),
        Theme::Plain => None,
    }
}
