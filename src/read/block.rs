//! A block of cells as a spreadsheet puts it on the clipboard: rows of cells parted by tabs.
//!
//! Must not know where the block goes nor what its cells mean.

/// The most rows and columns of a pasted block; more is a file and belongs into an import.
pub const MAX_ROWS: usize = 2_000;
pub const MAX_COLUMNS: usize = 500;

/// The cells of a block, row by row. A cell that a spreadsheet has quoted, because it holds a tab, a quote or a line
/// break, is one cell. The line break behind the last row is no row of its own; an empty row between others is one.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    // A terminal hands line breaks over as carriage returns.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut rows = vec![vec![String::new()]];
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        let Some(row) = rows.last_mut() else { break };
        let Some(cell) = row.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => cell.push(c),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_part_cells_and_line_breaks_of_any_kind_part_rows() {
        for text in ["1\t2\n3\t4", "1\t2\r\n3\t4\r\n", "1\t2\r3\t4\r", "1\t2\n3\t4\n"] {
            assert_eq!(rows(text), [["1", "2"], ["3", "4"]], "{text:?}");
        }
        assert_eq!(rows("1\n\n3"), [["1"], [""], ["3"]]);
        assert_eq!(rows("\t\t"), [["", "", ""]]);
        assert_eq!(rows(""), [[""]]);
    }

    #[test]
    fn a_quoted_cell_is_one_cell() {
        assert_eq!(rows("\"a\nb\"\t2"), [["a\nb", "2"]]);
        assert_eq!(rows("\"say \"\"yes\"\"\"\t5\" disk"), [["say \"yes\"", "5\" disk"]]);
    }
}
