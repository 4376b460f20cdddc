/**
 * What runs inside a container to open a shell. POSIX sh, builtins only.
 *
 * Arguments: a nonce, a line for the shell to run (or nothing, for one that asks), then the shells to look for, in order. It tells its process id, which `exec` hands on to the shell and
 * which is also its session id, for a TTY exec leads a session of its own; the engine would tell the id on its host only. Then
 * it waits for one line: by then the TTY has its size, so that the shell never sees another.
 *
 * Says `NONCE pid PID SHELL`, or `NONCE none` when no such shell is there; then, told to go on, `NONCE go`.
 */
export const OPEN_SCRIPT = `nonce=$1 line=$2; shift 2
[ -n "$LC_ALL$LC_CTYPE$LANG" ] || { LANG=C.UTF-8; export LANG; }
for shell do
  command -v "$shell" >/dev/null 2>&1 || continue
  echo "$nonce pid $$ $shell"
  read -r go || exit 1
  echo "$nonce go"
  [ -z "$line" ] || exec "$shell" -c "$line"
  exec "$shell"
done
echo "$nonce none"
exit 127`

/** Says the folder of the process whose id it is given. POSIX sh, builtins only. */
export const FOLDER_SCRIPT = `cd -P "/proc/$1/cwd" 2>/dev/null && pwd -P`

/**
 * What ends a shell's session inside its container. POSIX sh, builtins only.
 *
 * Argument: the session id. Every process of that session (field 6 of `/proc/PID/stat`, counted after the last parenthesis,
 * for a name may hold some itself) gets what closing a terminal gives, HUP, then, after a line on stdin or its end, KILL.
 * All of them are stopped first, parents before children, so that no shell runs on to its next command because its child went
 * before it, and nothing forks away between two looks. What has started a session of its own (a daemon, tmux) is left, as closing
 * a terminal leaves it.
 *
 * Says `hung up`, then `left N`: how many are alive that it may not kill.
 */
export const END_SCRIPT = `session=$1
exec 2>/dev/null
look() {
  members= alive=0
  for dir in /proc/[0-9]*; do
    stat=
    while IFS= read -r line || [ -n "$line" ]; do stat="$stat$line "; done <"$dir/stat"
    set -- \${stat##*") "}
    [ "$4" = "$session" ] || continue
    case $1 in Z | X | x) continue ;; esac
    members="$members \${dir#/proc/}:$2" alive=$((alive + 1))
  done
}
send() {
  refused=0
  for member in $members; do kill -s "$1" "\${member%:*}" || refused=$((refused + 1)); done
}
stop_by_rank() {
  waiting=$members
  while [ -n "$waiting" ]; do
    rank="$waiting " waiting=
    for member in $rank; do
      case $rank in
        *" \${member#*:}:"*) waiting="$waiting $member" ;;
        *) kill -s STOP "\${member%:*}" ;;
      esac
    done
  done
}
stop() {
  before=- looks=0
  look
  while [ "$members" != "$before" ] && [ "$looks" -lt 10 ]; do
    before=$members looks=$((looks + 1))
    stop_by_rank
    look
  done
}
stop
send HUP
send CONT
echo "hung up"
read -r line
stop
send KILL
looks=0
look
while [ "$alive" -gt "$refused" ] && [ "$looks" -lt 100 ]; do
  looks=$((looks + 1))
  send KILL
  look
done
echo "left $alive"`
