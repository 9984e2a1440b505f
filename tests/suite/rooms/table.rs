//! The table itself: `| room | owns | may import | crates at home |`, and the line of shared crates below it.

/// The rooms in the order of their rows, and the crates that any of them may use.
pub struct Table {
    pub rooms: Vec<Room>,
    pub shared: Vec<String>,
}

/// A row.
pub struct Room {
    /// `zotero/record`
    pub name: String,
    /// Full names of the rooms that it may use.
    pub imports: Vec<String>,
    /// Names of crates as `Cargo.toml` has them.
    pub crates: Vec<String>,
}

/// The first line of the table of rooms.
const HEADER: &str = "| room | owns | may import | crates at home |";

/// What stands for every row above in the column of imports.
const ALL_ABOVE: &str = "everything above";

/// How the line of shared crates begins.
const SHARED: &str = "Shared by the whole house: ";

impl Table {
    pub fn read(text: &str) -> Self {
        let from_header = text.lines().skip_while(|line| *line != HEADER);
        let rows = from_header.skip(2).take_while(|line| line.starts_with('|'));
        let mut rooms: Vec<Room> = Vec::new();
        for row in rows {
            let columns: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [name, _, imports, crates] = columns[..] else { panic!("not four columns: {row}") };
            let imports = match imports {
                ALL_ABOVE => rooms.iter().map(|room| room.name.clone()).collect(),
                imports => list(imports).iter().map(|short| full(&rooms, short)).collect(),
            };
            rooms.push(Room { name: name.replace('`', ""), imports, crates: list(crates) });
        }
        let shared = text.lines().find_map(|line| line.strip_prefix(SHARED)).expect("a line of shared crates");
        assert!(!rooms.is_empty(), "no row of the table was found");
        Self { rooms, shared: list(shared.trim_end_matches('.')) }
    }

    /// The room that a module or a path belongs to.
    pub fn room_of(&self, path: &[String]) -> Option<&Room> {
        self.rooms.iter().find(|room| {
            let name: Vec<&str> = room.name.split('/').collect();
            path.len() >= name.len() && path.iter().zip(&name).all(|(a, b)| a == b)
        })
    }

    /// Whether a module is one whose parts are rooms.
    pub fn is_wing(&self, module: &[String]) -> bool {
        module.len() == 1 && self.rooms.iter().any(|room| room.name.starts_with(&format!("{}/", module[0])))
    }

    /// The only room that may use a crate, by the crate's name in code.
    pub fn home_of(&self, name: &str) -> Option<&str> {
        let is_it = |known: &String| known.replace('-', "_") == name || (known == "md-5" && name == "md5");
        self.rooms.iter().find(|room| room.crates.iter().any(is_it)).map(|room| room.name.as_str())
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(|name| name.trim().replace('`', "")).filter(|name| !name.is_empty()).collect()
}

/// Rows name other rooms by their last part, which no two rooms share.
fn full(rooms: &[Room], short: &str) -> String {
    let is_it = |room: &&Room| room.name.rsplit('/').next() == Some(short);
    let found: Vec<&Room> = rooms.iter().filter(is_it).collect();
    match found[..] {
        [room] => room.name.clone(),
        _ => panic!("`{short}` is the name of {} rooms above", found.len()),
    }
}
