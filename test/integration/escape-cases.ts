/** What programs write to a terminal, by the classes of ECMA-48 and xterm's control sequences. Text is sent as UTF-8. */
export interface EscapeCase {
  readonly title: string
  readonly bytes: Buffer
}

const ESC = '\u001b'
const CSI = `${ESC}[`
const ST = `${ESC}\\`
const BEL = '\u0007'
/** Some lines, so that what moves and erases has something to do. */
const PAGE = Array.from({ length: 30 }, (_, at) => `line ${at} ${'abcdefgh'.repeat(8)}`).join(
  '\r\n'
)
const on = (...sequences: string[]): string => `${PAGE}${sequences.join('X')}X`

const TEXTS: Record<string, Record<string, string>> = {
  cursor: {
    'up, down, forward, back': on(`${CSI}5A`, `${CSI}2B`, `${CSI}3C`, `${CSI}9D`),
    'next and previous line': on(`${CSI}9F`, `${CSI}3E`, `${CSI}F`, `${CSI}E`),
    'column, row, position': on(`${CSI}7G`, `${CSI}3d`, `${CSI}5;9H`, `${CSI}6;2f`, `${CSI}9\``),
    'relative column and row': on(`${CSI}3;3H`, `${CSI}4a`, `${CSI}2e`),
    'outside of the screen': on(`${CSI}999;999H`, `${CSI}999A`, `${CSI}0;0H`, `${CSI}999D`),
    'saved and restored': on(`${ESC}7${CSI}2;2H`, `${ESC}8`, `${CSI}s${CSI}H`, `${CSI}u`),
    'index, reverse index, next line': on(`${CSI}H${ESC}M`, `${ESC}D`, `${ESC}E`, `${ESC}M`),
    'backspace, tabs, returns': `a\tb\tc\b\bd\re\u000bf\u000cg\n\nh`,
    'tab stops': `${CSI}3g${CSI}5G${ESC}H${CSI}9G${ESC}H\r\tx\ty\tz\r${CSI}2Ia${CSI}1Zb`,
    shapes: on(`${CSI}3 q`, `${CSI}?25l`, `${CSI}0 q`)
  },
  erase: {
    'in the display': on(`${CSI}9;9H${CSI}0J`, `${CSI}5;5H${CSI}1J`),
    'the whole display': on(`${CSI}2J`),
    'what has scrolled away': on(`${CSI}3J`),
    'in a line': on(`${CSI}5;9H${CSI}K`, `${CSI}6;9H${CSI}1K`, `${CSI}7;9H${CSI}2K`),
    characters: on(`${CSI}5;9H${CSI}4X`, `${CSI}999X`),
    selectively: on(`${CSI}1"qkept${CSI}0"qgone${CSI}?2K`, `${CSI}?J`),
    'with a background': on(`${CSI}44m${CSI}9;9H${CSI}J`, `${CSI}K`)
  },
  'insert and delete': {
    characters: on(`${CSI}5;9H${CSI}4@`, `${CSI}6;9H${CSI}4P`),
    lines: on(`${CSI}5;9H${CSI}2L`, `${CSI}9;9H${CSI}3M`),
    'insert mode': on(`${CSI}5;9H${CSI}4hinserted${CSI}4l`, 'replaced'),
    columns: on(`${CSI}5;9H${CSI}2'}`, `${CSI}2'~`),
    repeat: `a${CSI}9b界${CSI}3b`
  },
  scrolling: {
    'a region': on(`${CSI}5;10r${CSI}10;1H\n\n`, `${CSI}5;1H${ESC}M`, `${CSI}r`),
    'up and down': on(`${CSI}3S`, `${CSI}2T`),
    'lines in a region': on(`${CSI}4;9r${CSI}5;1H${CSI}9L`, `${CSI}2M`, `${CSI}r`),
    'origin mode': on(`${CSI}5;10r${CSI}?6h${CSI}1;1H`, `${CSI}99;1H`, `${CSI}?6l${CSI}H`),
    'left and right': on(`${CSI}2 @`, `${CSI}1 A`)
  },
  looks: {
    'every attribute, on and off': Array.from({ length: 66 }, (_, at) => `${CSI}${at}m${at} `).join(
      ''
    ),
    '16 colours': Array.from(
      { length: 8 },
      (_, at) => `${CSI}3${at};4${7 - at}ma${CSI}9${at};10${7 - at}mb`
    ).join(''),
    '256 colours': Array.from(
      { length: 256 },
      (_, at) => `${CSI}38;5;${at}m${CSI}48;5;${255 - at}m#`
    ).join(''),
    'true colour': Array.from(
      { length: 64 },
      (_, at) => `${CSI}38;2;${at * 4};${255 - at};7m${CSI}48:2::1:${at}:${at * 3}m#`
    ).join(''),
    underlines: `${CSI}4:1ma${CSI}4:2mb${CSI}4:3mc${CSI}4:4md${CSI}58;5;9me${CSI}59mf${CSI}21mg`,
    'many at once, and none': `${CSI}1;2;3;4;5;7;8;9;53;31;42mall${CSI}mnone`
  },
  'character sets': {
    'line drawing': `${ESC}(0lqqk\r\nx  x\r\nmqqj${ESC}(B plain`,
    'shift in and out': `${ESC})0a\u000elqk\u000fb`,
    'single shifts and locks': `${ESC}*0${ESC}+A${ESC}Nq${ESC}O#${ESC}nqq${ESC}o#${ESC}(B\u000fx`,
    national: `${ESC}(A#${ESC}(K[]{}${ESC}(B[]`,
    'UTF-8 chosen': `${ESC}%G é ${ESC}%@ é`,
    'saved with the cursor': `${ESC}(0${ESC}7${ESC}(Bq${ESC}8q`
  },
  modes: {
    'alternate screen': on(`${CSI}?1049hother`),
    'alternate screen, and back': on(`${CSI}?1049hother${CSI}?1049l`),
    'older alternate screens': on(
      `${CSI}?47ha${CSI}?47l`,
      `${CSI}?1047hb${CSI}?1047l`,
      `${CSI}?1048h${CSI}H${CSI}?1048l`
    ),
    'mouse and focus': on(`${CSI}?1000h${CSI}?1006h`, `${CSI}?1003;1004h`),
    'bracketed paste, keys': on(`${CSI}?2004h${CSI}?1h${ESC}=`),
    'wrap on and off': `${CSI}?7l${'n'.repeat(99)}\r\n${CSI}?7h${'w'.repeat(99)}`,
    'reverse wrap': `${CSI}?45h${'r'.repeat(81)}${'\b'.repeat(9)}X`,
    'line feed mode': `${CSI}20ha\nb${CSI}20l\nc`,
    'synchronised output': `${CSI}?2026hheld${CSI}?2026lshown`,
    '132 columns': on(`${CSI}?40h${CSI}?3h`, `${CSI}?3l`),
    'soft reset': on(`${CSI}1;31m${CSI}?25l${CSI}3;9r${CSI}!p`),
    'full reset': on(`${CSI}1;31m${ESC}c`),
    alignment: `${ESC}#8`,
    'double sizes': `${ESC}#3top\r\n${ESC}#4bottom\r\n${ESC}#6wide`
  },
  questions: {
    'what it is': `${CSI}c${CSI}>c${CSI}=c${ESC}Z`,
    'how it stands': `${CSI}5n${CSI}7;7H${CSI}6n${CSI}?6n`,
    'which mode': `${CSI}?7$p${CSI}?2004$p${CSI}4$p`,
    'which setting': `${ESC}P$qm${ST}${ESC}P$q"p${ST}${ESC}P$qr${ST}`
  },
  strings: {
    titles: `${ESC}]0;both${BEL}${ESC}]2;title é${ST}${ESC}]1;icon${BEL}`,
    links: `${ESC}]8;id=1;https://example.org/${ST}link${ESC}]8;;${ST} plain`,
    'colours set and asked': `${ESC}]4;1;rgb:ff/00/00${BEL}${ESC}]10;?${ST}${ESC}]104${BEL}x`,
    'a folder': `${ESC}]7;file://host/srv${BEL}x`,
    clipboard: `${ESC}]52;c;c3Rvbmc=${BEL}x`,
    'device control': `${ESC}P+q544e${ST}x${ESC}Pq#0;2;0;0;0~~@@${ST}y`,
    'privacy, program, start of string': `${ESC}^pm${ST}a${ESC}_apc${ST}b${ESC}Xsos${ST}c`,
    'left without an end': `${ESC}]2;open${CSI}31mred`,
    cancelled: `${ESC}]2;gone\u0018a${CSI}31\u001ab${CSI}3${ESC}[4mc`,
    'a long one': `${ESC}]2;${'long '.repeat(3000)}${BEL}x`
  },
  text: {
    wide: `漢字かな한글｜${'界'.repeat(45)}`,
    'wide at the edge': `${CSI}80G界x${CSI}79G界y`,
    'overwritten halves': `漢字${CSI}2Gx${CSI}3Gy`,
    combining: `e\u0301 a\u0308\u0323 ${'\u0300'.repeat(20)}o\u0302`,
    emoji: '😀 👩‍👩‍👧‍👦 🇩🇪 👍🏽 ❤️ 1️⃣ 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    'right to left, joiners': 'שלום مرحبا क्षि ไทย a\u200bb\u2060c',
    'beyond the first plane': '𝔘𝔫𝔦 𠀀𠀁 \u{10ffff}',
    'nothing and controls': 'a\u0000\u0000b\u0001\u0002\u0005\u0006c\u007fd\u001ce',
    bells: 'a\u0007\u0007b',
    'long lines': 'wrap '.repeat(200)
  },
  parsing: {
    'many and empty parameters': `${CSI};;;m${CSI}${'1;'.repeat(40)}31mx${CSI};5Hy`,
    'huge parameters': `${CSI}99999999999Cx${CSI}4294967297Ay`,
    'controls inside': `ab${CSI}\b1\r;\n3Hx`,
    'private and unknown finals': `${CSI}?9999hx${CSI}>1;2|y${CSI}=3{z${CSI}1$~w`,
    'escapes in a row': `${ESC}${ESC}${ESC}[31mred${ESC}`
  }
}

const RAW: Record<string, readonly number[]> = {
  'controls of eight bits': [0x61, 0x9b, 0x33, 0x31, 0x6d, 0x62, 0x85, 0x63, 0x9d, 0x32, 0x9c],
  'controls of eight bits as UTF-8': [0x61, 0xc2, 0x9b, 0x33, 0x31, 0x6d, 0x62, 0xc2, 0x85, 0x63],
  'broken UTF-8': [0x61, 0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82, 0x62, 0xf0, 0x9f, 0x98, 0x63],
  'overlong and surrogate UTF-8': [0xc0, 0xaf, 0xe0, 0x80, 0xaf, 0xed, 0xa0, 0x80, 0x61],
  'UTF-8 cut at the end': [0x61, 0xf0, 0x9f, 0x98],
  'every byte': Array.from({ length: 256 }, (_, at) => at),
  'every byte, backwards': Array.from({ length: 256 }, (_, at) => 255 - at)
}

/** All of them. */
export const ESCAPE_CASES: readonly EscapeCase[] = [
  ...Object.entries(TEXTS).flatMap(([kind, cases]) =>
    Object.entries(cases).map(([title, text]) => ({
      title: `${kind}: ${title}`,
      bytes: Buffer.from(text)
    }))
  ),
  ...Object.entries(RAW).map(([title, bytes]) => ({
    title: `bytes: ${title}`,
    bytes: Buffer.from(bytes)
  }))
]
