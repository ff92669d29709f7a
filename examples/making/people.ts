// Who is in the cohort: invented people with names in many scripts, each with a plan and some with a story.
// Every address is under a name reserved for examples (RFC 2606, June 1999), so none of them is anybody's.

export type Plan = 'core' | 'librarian' | 'both' | 'modules' | 'started';
export type Home = 'moodle' | 'canvas';

/** What happens to somebody besides the ordinary; `make-cohort.ts` and the README say what each one means. */
export type Story =
  | 'two_cases' // half on each platform, the same address in another case
  | 'no_email' // known by an account only
  | 'unmapped_last' // a page nobody has mapped is all that is missing
  | 'unmapped' // reports that page too, and lacks more than that
  | 'undone_after_award'
  | 'undone_and_again'
  | 'undone_before_award'
  | 'undone_then_again_after_award'
  | 'failed_then_passed'
  | 'passed_then_failed'
  | 'finished_without_passing'
  | 'late_order' // older arrivals after newer ones
  | 'fee_waived'
  | 'fee_open' // everything but the fee
  | 'session_missed'
  | 'evidence_open'
  | 'one_elective' // one of the two electives
  | 'unknown_key' // a unit nobody knows
  | 'same_id_other_text';

export interface Person {
  name: string;
  email: string;
  home: Home;
  plan: Plan;
  stories: readonly Story[];
}

type Row = [name: string, email: string, home: Home, plan: Plan, ...stories: Story[]];

const ROWS: Row[] = [
  ['Ada Nwosu', 'ada.nwosu@example.edu', 'moodle', 'core'],
  ['José Ángel Muñoz', 'jose.munoz@example.edu', 'moodle', 'core', 'late_order'],
  ['María García Ibáñez', 'maria.garcia@example.edu', 'moodle', 'core', 'two_cases'],
  ['Zoë Løvenskjold', 'zoe@example.edu', 'moodle', 'core', 'undone_after_award'],
  ['Đặng Thị Ngọc Hân', 'han.dang@example.edu', 'moodle', 'core', 'undone_and_again'],
  ['Łukasz Żółkiewski', 'lukasz@example.edu', 'moodle', 'core', 'undone_before_award'],
  ['ليلى حداد', 'layla.haddad@example.edu', 'moodle', 'core'],
  ['עִידוֹ לוי', 'ido.levi@example.edu', 'moodle', 'core', 'unmapped_last'],
  ['अनन्या शर्मा', 'ananya@example.edu', 'moodle', 'core', 'fee_waived'],
  ['王小明', 'wang.xiaoming@example.edu', 'moodle', 'core', 'failed_then_passed'],
  ['佐藤 花子', 'sato.hanako@example.edu', 'moodle', 'core', 'undone_then_again_after_award'],
  ['Наталія Коваленко', 'natalia@example.edu', 'moodle', 'core', 'fee_open'],
  ['Γιώργος Παπαδόπουλος', 'giorgos@example.edu', 'moodle', 'core', 'passed_then_failed'],
  ['Sigríður Jónsdóttir', 'sigridur@example.edu', 'moodle', 'both'],
  ['Ngũgĩ wa Kamau', 'ngugi@example.edu', 'moodle', 'both', 'late_order'],
  ['김서연', 'kim.seoyeon@example.edu', 'moodle', 'modules', 'unmapped'],
  ['محمد رضا کریمی', 'mr.karimi@example.edu', 'moodle', 'modules'],
  ['Björk Þórsdóttir', 'bjork@example.edu', 'moodle', 'modules', 'finished_without_passing'],
  ['தமிழ்ச்செல்வி முருகன்', 'selvi@example.edu', 'moodle', 'modules', 'unmapped'],
  ['Oʻzod Karimov', 'ozod@example.edu', 'moodle', 'modules', 'no_email'],
  ['François Lefèbvre', 'francois@example.edu', 'moodle', 'modules', 'same_id_other_text'],
  ['Ольга Сергеевна Иванова', 'olga.ivanova@example.edu', 'moodle', 'modules'],
  ['สมชาย ใจดี', 'somchai@example.edu', 'moodle', 'started'],
  ['Ayşe Yıldız', 'ayse@example.edu', 'moodle', 'started'],
  ['Siobhán Ní Dhomhnaill', 'siobhan@example.edu', 'moodle', 'started', 'unmapped'],

  ['Amélie Bouchard', 'amelie.bouchard@example.org', 'canvas', 'librarian'],
  ['Grace Okonkwo-Hughes', 'grace@example.org', 'canvas', 'librarian', 'late_order'],
  ['فاطمة الزهراء بن علي', 'fatima@example.org', 'canvas', 'librarian'],
  ['נועה בן־דוד', 'noa@example.org', 'canvas', 'librarian', 'undone_and_again'],
  ['राजेश कुमार', 'rajesh@example.org', 'canvas', 'librarian', 'fee_waived'],
  ['李雨桐', 'li.yutong@example.org', 'canvas', 'librarian'],
  ['鈴木 一郎', 'suzuki@example.org', 'canvas', 'librarian', 'one_elective'],
  ['Дмитрий Соколов', 'dmitri@example.org', 'canvas', 'librarian', 'failed_then_passed'],
  ['Ελένη Νικολάου', 'eleni@example.org', 'canvas', 'librarian', 'session_missed'],
  ['Jürgen Groß', 'juergen.gross@example.org', 'canvas', 'librarian', 'two_cases'],
  ['Ñusta Quispe Mamani', 'nusta@example.org', 'canvas', 'librarian'],
  ['Kateřina Dvořáková', 'katerina@example.org', 'canvas', 'both'],
  ['Chukwuemeka Eze', 'emeka@example.org', 'canvas', 'core'],
  ['Mikołaj Wójcik', 'mikolaj@example.org', 'canvas', 'core', 'evidence_open'],
  ['Մարիամ Պետրոսյան', 'mariam@example.org', 'canvas', 'core'],
  ['ნინო ბერიძე', 'nino@example.org', 'canvas', 'core', 'late_order'],
  ['ሰላም ተስፋዬ', 'selam@example.org', 'canvas', 'modules', 'unknown_key'],
  ['Inês Gonçalves', 'ines@example.org', 'canvas', 'modules', 'unknown_key'],
  ['Māia Tāwhai', 'maia@example.org', 'canvas', 'modules', 'passed_then_failed'],
  ['ကိုကို အောင်', 'koko.aung@example.org', 'canvas', 'modules', 'no_email'],
  ['Håkon Bjørnstad', 'hakon@example.org', 'canvas', 'modules', 'unknown_key'],
  ['Wanjikũ Mwangi', 'wanjiku@example.org', 'canvas', 'started'],
  ['Tomás Ó Súilleabháin', 'tomas@example.org', 'canvas', 'started'],
];

export const PEOPLE: readonly Person[] = ROWS.map(([name, email, home, plan, ...stories]) => ({
  name,
  email,
  home,
  plan,
  stories,
}));

/** The one person who has this story; for stories that only one has on that platform. */
export function personWith(story: Story, home: Home): Person {
  const found = PEOPLE.find((person) => person.home === home && person.stories.includes(story));
  if (found === undefined) throw new Error(`nobody on ${home} has the story ${story}`);
  return found;
}
