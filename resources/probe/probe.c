/*
 * Portolan's probe: asks many questions at once from inside network namespaces and prints an answer a line, as JSON.
 *
 *   portolan-probe [--timeout=MS] [--follow=MS] [--in=PID/ID] TASK... [--in=PID/ID TASK...]
 *   portolan-probe [--timeout=MS] [--follow=MS] --stdin      the rest from there, one a line, up to an empty line
 *     ping=ADDRESS        ICMP echo: answered (rttUs) | timeout | unreachable | denied | error
 *     name=NAME           A record or /etc/hosts: resolved (addresses) | not-found | failed | timeout | unreachable
 *     name6=NAME          the same for AAAA
 *     tcp=ADDRESS:PORT    connect: open (rttUs) | refused | timeout | unreachable | error     (tcp=[ADDRESS6]:PORT)
 *
 * {"task":0,"outcome":"answered","rttUs":57}      the task's number is its place among all tasks, from 0
 * {"group":0,"end":"done"}                        the tasks behind one --in (or all, without any) are through;
 *                                                 or "gone", "denied", "error": they could not be asked
 * {"done":true,"tasks":3,"elapsedUs":1000321}     the last line: without it the run was cut off
 *
 * --in asks from the network namespace of a process, if that process still belongs to the container ID (64 hex digits in its
 * cgroup): a process of its own for each, all at once. It needs the host's process namespace, CAP_SYS_ADMIN and CAP_SYS_PTRACE.
 *
 * --follow asks every task once each so many ms, a packet each time, and marks each answer with "round":N. It ends when its standard
 * input does, or when nothing has come there for 15 s: whoever started it may have died, and the engine too.
 *
 * An IPv6 address is written as its eight groups in full, without "::". Nothing here waits longer than the timeout: sockets
 * do not block, and names are asked of the resolvers in /etc/resolv.conf by our own query, for the name as it is written
 * (no search domains). A ping is sent up to three times within its timeout, so that one lost packet is no verdict.
 */
#include "sys.h"

enum { MAX_TASKS = 4096, MAX_RESOLVERS = 3, MAX_TCP = 256, PACKET = 32, MAX_NAME = 253, MAX_CHILDREN = 256 };
/* Packets that leave before the next look at what came: a socket's buffer holds a hundred or two. */
enum { BURST = 48, PAUSE_US = 1000 };
enum { MAX_LINES = 1 << 18, MAX_INPUT = 16 << 20 };
enum { ATOMIC = 4096 /* so much is written to a pipe in one piece */, LONGEST_LINE = 1024, SILENCE_US = 15000000 };
enum kind { PING, NAME, TCP };

struct task {
  enum kind kind;
  union endpoint to;
  const char *name;
  u16 record; /* DNS type: 1 A, 28 AAAA */
  int fd;     /* tcp only; 0 is none */
  u8 done, attempts, failures;
  u64 first_us, sent_us;
};

static struct task tasks[MAX_TASKS];
static u32 task_count, open_count;
static struct { int fd, raw, error; } icmp[2]; /* IPv4, IPv6 */
static struct { int fd; union endpoint to; } resolver[MAX_RESOLVERS];
static u32 resolver_count;
static char hosts[65536], resolv[16384];
static u32 hosts_length;
static u64 cookie, started_us, timeout_us = 1000000, follow_us;
/* Where our tasks begin among all, and what we are. */
static u32 first_task, group, round, most_attempts = 3;

/* ---- output: whole lines in one write, so that those of several processes never mix ---- */
static char out[ATOMIC];
static u32 out_length;
static void put(const char *text) { while (*text && out_length < sizeof out - 1) out[out_length++] = *text++; }
static void put_number(u64 value) {
  char digits[21];
  u32 at = sizeof digits - 1;
  digits[at] = 0;
  do digits[--at] = (char)('0' + value % 10); while (value /= 10);
  put(digits + at);
}
static void put_address(const u8 *bytes, int family) {
  if (family == AF_INET) {
    for (u32 i = 0; i < 4; i++) { if (i) put("."); put_number(bytes[i]); }
    return;
  }
  for (u32 i = 0; i < 8; i++) {
    char group[5];
    for (u32 n = 0; n < 4; n++) group[n] = "0123456789abcdef"[(bytes[i * 2 + n / 2] >> (n % 2 ? 0 : 4)) & 15];
    group[4] = 0;
    if (i) put(":");
    put(group);
  }
}
static void flush(void) {
  u32 from = 0;
  while (from < out_length) {
    i64 wrote = sys3(SYS_write, 1, out + from, out_length - from);
    if (wrote == -EINTR || wrote == -EAGAIN) continue;
    if (wrote <= 0) break;
    from += (u32)wrote;
  }
  out_length = 0;
}
static void end_line(void) {
  out[out_length++] = '\n';
  if (out_length > sizeof out - LONGEST_LINE) flush();
}
static void begin_answer(struct task *task, const char *outcome) {
  task->done = 1;
  open_count--;
  put("{\"task\":");
  put_number(first_task + (u64)(task - tasks));
  if (follow_us) { put(",\"round\":"); put_number(round); }
  put(",\"outcome\":\"");
  put(outcome);
  put("\"");
}
static void answer(struct task *task, const char *outcome) { begin_answer(task, outcome); put("}"); end_line(); }
static void answer_rtt(struct task *task, const char *outcome, u64 rtt_us) {
  begin_answer(task, outcome);
  put(",\"rttUs\":");
  put_number(rtt_us);
  put("}");
  end_line();
}
static void answer_error(struct task *task, i64 error) {
  int away = error == ENETUNREACH || error == EHOSTUNREACH || error == EADDRNOTAVAIL || error == EAFNOSUPPORT;
  const char *outcome = away ? "unreachable" : error == EPERM || error == EACCES ? "denied" : "error";
  if (error == ECONNREFUSED && task->kind == TCP) outcome = "refused";
  begin_answer(task, outcome);
  put(",\"errno\":");
  put_number((u64)error);
  put("}");
  end_line();
}

/* ---- text to numbers ---- */
static int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}
static const char *read_number(const char *text, u32 base, u32 limit, u32 *value) {
  const char *at = text;
  *value = 0;
  while (digit_of(*at) < (int)base) {
    *value = *value * base + (u32)digit_of(*at++);
    if (*value > limit) return 0;
  }
  return at == text ? 0 : at;
}
/* Reads an address in front of `text`; answers what follows it, or null. */
static const char *read_address(const char *text, union endpoint *to) {
  u32 value;
  const char *at = read_number(text, 10, 255, &value);
  memset(to, 0, sizeof *to);
  if (at && *at == '.') {
    to->family = AF_INET;
    for (u32 i = 0; i < 4; i++) {
      if (i && *at++ != '.') return 0;
      at = read_number(i ? at : text, 10, 255, &value);
      if (!at) return 0;
      to->v4.address[i] = (u8)value;
    }
    return at;
  }
  to->family = AF_INET6;
  at = text;
  for (u32 i = 0; i < 8; i++) {
    if (i && *at++ != ':') return 0;
    at = read_number(at, 16, 65535, &value);
    if (!at) return 0;
    to->v6.address[i * 2] = (u8)(value >> 8);
    to->v6.address[i * 2 + 1] = (u8)value;
  }
  return at;
}
static const char *after(const char *text, const char *prefix) {
  while (*prefix) if (*text++ != *prefix++) return 0;
  return text;
}
static u32 length_of(const char *text) { u32 n = 0; while (text[n]) n++; return n; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static int is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/* ---- ping ---- */
static u16 checksum(const u8 *bytes, u32 count) {
  u32 sum = 0;
  for (u32 i = 0; i + 1 < count; i += 2) sum += (u32)(bytes[i] << 8 | bytes[i + 1]);
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return (u16)~sum;
}
/* Sockets are opened when first needed: unprivileged (net.ipv4.ping_group_range), else raw (CAP_NET_RAW). */
static int icmp_of(int family) {
  u32 which = family == AF_INET6;
  int protocol = which ? IPPROTO_ICMPV6 : IPPROTO_ICMP;
  if (icmp[which].fd || icmp[which].error) return (int)which;
  int fd = open_socket(family, SOCK_DGRAM, protocol);
  if (fd < 0 && fd != -EAFNOSUPPORT) {
    fd = open_socket(family, SOCK_RAW, protocol);
    icmp[which].raw = fd >= 0;
  }
  if (fd < 0) icmp[which].error = -fd; else icmp[which].fd = fd;
  return (int)which;
}
/* The packet carries all that its echo must prove: our cookie, the task, and when it left. */
static void send_ping(struct task *task) {
  u8 packet[PACKET];
  u64 now = now_us();
  u32 number = (u32)(task - tasks);
  int which = icmp_of(task->to.family);
  task->attempts++;
  task->sent_us = now;
  if (icmp[which].error) { answer_error(task, icmp[which].error); return; }
  memset(packet, 0, sizeof packet);
  packet[0] = which ? 128 : 8;
  packet[4] = (u8)(cookie >> 8); packet[5] = (u8)cookie;
  packet[6] = (u8)(number >> 8); packet[7] = (u8)number;
  memcpy(packet + 8, &cookie, 8);
  memcpy(packet + 16, &now, 8);
  memcpy(packet + 24, &number, 4);
  if (!which) {
    u16 sum = checksum(packet, sizeof packet);
    packet[2] = (u8)(sum >> 8); packet[3] = (u8)sum;
  }
  i64 sent = send_to(icmp[which].fd, packet, sizeof packet, &task->to);
  if (sent < 0 && sent != -EAGAIN && sent != -EINTR) answer_error(task, -sent);
}
static int same_address(const union endpoint *a, const union endpoint *b) {
  u32 count = a->family == AF_INET ? 4 : 16;
  const u8 *x = a->family == AF_INET ? a->v4.address : a->v6.address;
  const u8 *y = b->family == AF_INET ? b->v4.address : b->v6.address;
  if (a->family != b->family) return 0;
  for (u32 i = 0; i < count; i++) if (x[i] != y[i]) return 0;
  return 1;
}
static void receive_pings(u32 which) {
  u8 bytes[512];
  union endpoint from;
  for (;;) {
    i64 got = receive_from(icmp[which].fd, bytes, sizeof bytes, &from);
    if (got == -EINTR) continue;
    if (got < 0) return;
    /* A raw IPv4 socket hands over the IP header as well. */
    u32 at = !which && icmp[which].raw ? (u32)(bytes[0] & 15) * 4 : 0;
    u64 echoed_cookie, sent_us;
    u32 number;
    if ((u64)got < at + PACKET || bytes[at] != (which ? 129 : 0)) continue;
    memcpy(&echoed_cookie, bytes + at + 8, 8);
    memcpy(&sent_us, bytes + at + 16, 8);
    memcpy(&number, bytes + at + 24, 4);
    if (echoed_cookie != cookie || number >= task_count) continue;
    struct task *task = &tasks[number];
    /* Only the address that was asked may answer. */
    if (task->done || task->kind != PING || !same_address(&from, &task->to)) continue;
    if (sent_us < started_us) continue; /* of an earlier round */
    answer_rtt(task, "answered", now_us() - sent_us);
  }
}

/* ---- names ---- */
static int word_is(const char *at, const char *end, const char *word) {
  while (at < end && *word) if (lower(*at++) != lower(*word++)) return 0;
  return at == end && !*word;
}
/* /etc/hosts first, as every resolver does: `--link` and `--add-host` write there. */
static int answer_from_hosts(struct task *task) {
  int family = task->record == 1 ? AF_INET : AF_INET6;
  u32 at = 0, found = 0;
  while (at < hosts_length) {
    union endpoint address;
    u32 line = at, end = at;
    while (end < hosts_length && hosts[end] != '\n' && hosts[end] != '#') end++;
    while (at < hosts_length && hosts[at] != '\n') at++;
    at++;
    const char *rest = read_address(hosts + line, &address);
    if (!rest || address.family != family) continue;
    const char *stop = hosts + end;
    while (rest < stop && !found) {
      while (rest < stop && is_blank(*rest)) rest++;
      const char *word = rest;
      while (rest < stop && !is_blank(*rest)) rest++;
      if (word < rest && word_is(word, rest, task->name)) {
        found = 1;
        begin_answer(task, "resolved");
        put(",\"from\":\"hosts\",\"addresses\":[\"");
        put_address(family == AF_INET ? address.v4.address : address.v6.address, family);
        put("\"]}");
        end_line();
      }
    }
    if (found) return 1;
  }
  return 0;
}
static void read_resolvers(const char *path) {
  u32 length = read_file(path, resolv, sizeof resolv), at = 0;
  while (at < length && resolver_count < MAX_RESOLVERS) {
    const char *rest = after(resolv + at, "nameserver");
    while (at < length && resolv[at] != '\n') at++;
    at++;
    if (!rest || !is_blank(*rest)) continue;
    while (is_blank(*rest)) rest++;
    union endpoint to;
    if (!read_address(rest, &to)) continue;
    if (to.family == AF_INET) to.v4.port = swap16(53); else to.v6.port = swap16(53);
    int fd = open_socket(to.family, SOCK_DGRAM, 0);
    if (fd < 0) continue;
    if (sys3(SYS_connect, fd, &to, address_size(&to)) < 0) { sys3(SYS_close, fd, 0, 0); continue; }
    resolver[resolver_count].fd = fd;
    resolver[resolver_count++].to = to;
  }
}
static void send_query(struct task *task) {
  u8 query[12 + MAX_NAME + 2 + 4];
  u32 at = 12, number = (u32)(task - tasks), length = length_of(task->name), label = 0;
  u32 which = resolver_count ? task->attempts % resolver_count : 0;
  task->attempts++;
  task->sent_us = now_us();
  if (!resolver_count) { answer_error(task, ENETUNREACH); return; }
  if (length == 0 || length > MAX_NAME) { answer(task, "error"); return; }
  memset(query, 0, 12);
  query[0] = (u8)((number ^ cookie) >> 8); query[1] = (u8)(number ^ cookie);
  query[2] = 1; /* recursion desired */
  query[5] = 1; /* one question */
  for (u32 i = 0; i <= length; i++) {
    if (task->name[i] != '.' && task->name[i]) continue;
    u32 size = i - label;
    if (size == 0 && !task->name[i]) break; /* a dot at the end */
    if (size == 0 || size > 63) { answer(task, "error"); return; }
    query[at++] = (u8)size;
    memcpy(query + at, task->name + label, size);
    at += size;
    label = i + 1;
  }
  query[at++] = 0;
  query[at++] = 0; query[at++] = (u8)task->record;
  query[at++] = 0; query[at++] = 1;
  i64 sent = send_to(resolver[which].fd, query, at, 0);
  if (sent < 0 && sent != -EAGAIN && sent != -EINTR) {
    if (++task->failures >= resolver_count) answer_error(task, -sent);
    else task->sent_us = 0; /* the next resolver at once */
  }
}
/* Answers the place behind a name in a DNS message, or 0 where it runs out of it. */
static u32 skip_name(const u8 *bytes, u32 at, u32 count) {
  while (at < count) {
    u8 size = bytes[at];
    if (size == 0) return at + 1;
    if (size >= 0xc0) return at + 2;
    at += 1u + size;
  }
  return 0;
}
static void read_reply(const u8 *bytes, u32 count) {
  if (count < 12 || !(bytes[2] & 0x80)) return;
  u32 number = ((u32)(bytes[0] << 8 | bytes[1]) ^ (u32)cookie) & 0xffff;
  if (number >= task_count) return;
  struct task *task = &tasks[number];
  if (task->done || task->kind != NAME) return;
  u32 code = bytes[3] & 15, questions = (u32)(bytes[4] << 8 | bytes[5]), answers = (u32)(bytes[6] << 8 | bytes[7]);
  u32 at = 12, size = task->record == 1 ? 4 : 16, found = 0;
  if (code != 0 && code != 3) {
    /* SERVFAIL and the like: another resolver may know better. */
    if (++task->failures >= resolver_count) answer(task, "failed"); else task->sent_us = 0;
    return;
  }
  while (questions-- && at) { at = skip_name(bytes, at, count); if (at) at += 4; }
  while (answers-- && at && found < 8) {
    at = skip_name(bytes, at, count);
    if (!at || at + 10 > count) break;
    u32 type = (u32)(bytes[at] << 8 | bytes[at + 1]), length = (u32)(bytes[at + 8] << 8 | bytes[at + 9]);
    at += 10;
    if (at + length > count) break;
    if (type == task->record && length == size) {
      if (!found) { begin_answer(task, "resolved"); put(",\"from\":\"dns\",\"addresses\":[\""); } else put("\",\"");
      put_address(bytes + at, size == 4 ? AF_INET : AF_INET6);
      found++;
    }
    at += length;
  }
  if (!found) { answer(task, "not-found"); return; }
  put("\"]}");
  end_line();
}
static void receive_replies(u32 which) {
  u8 bytes[2048];
  for (;;) {
    i64 got = receive_from(resolver[which].fd, bytes, sizeof bytes, 0);
    if (got == -EINTR) continue;
    if (got == -ECONNREFUSED || got == -ENETUNREACH || got == -EHOSTUNREACH) {
      /* An ICMP error says which resolver is away, not which question: all that wait for it try the next. */
      for (u32 i = 0; i < task_count; i++) {
        struct task *task = &tasks[i];
        if (task->done || task->kind != NAME || !task->attempts || (task->attempts - 1u) % resolver_count != which) continue;
        if (++task->failures >= resolver_count) answer_error(task, -got); else task->sent_us = 0;
      }
      continue;
    }
    if (got < 0) return;
    read_reply(bytes, (u32)got);
  }
}

/* ---- tcp ---- */
static u32 tcp_open;
static void close_tcp(struct task *task) { sys3(SYS_close, task->fd, 0, 0); task->fd = 0; tcp_open--; }
static void start_connect(struct task *task) {
  task->attempts++;
  task->sent_us = now_us();
  int fd = open_socket(task->to.family, SOCK_STREAM, 0);
  if (fd < 0) { answer_error(task, -fd); return; }
  task->fd = fd;
  tcp_open++;
  i64 result = sys3(SYS_connect, fd, &task->to, address_size(&task->to));
  if (result == -EINPROGRESS) return;
  close_tcp(task);
  if (result < 0) answer_error(task, -result); else answer_rtt(task, "open", now_us() - task->sent_us);
}
static void finish_connect(struct task *task) {
  int error = 0;
  u32 size = sizeof error;
  sys6(SYS_getsockopt, task->fd, SOL_SOCKET, SO_ERROR, (i64)&error, (i64)&size, 0);
  close_tcp(task);
  if (error) answer_error(task, error); else answer_rtt(task, "open", now_us() - task->sent_us);
}

/* ---- the loop ---- */
static u32 burst;
/* Starts, repeats or expires one task; answers when it next wants to be looked at, in us from now. */
static u64 step(struct task *task, u64 now) {
  u64 age = task->attempts ? now - task->first_us : 0, again_us = timeout_us / most_attempts;
  if (task->kind == TCP) {
    if (!task->attempts && tcp_open < MAX_TCP) start_connect(task);
    if (task->done || !task->attempts) return again_us;
    now = now_us(); /* it may have been started just now */
    age = now - task->sent_us;
  }
  if (age >= timeout_us && task->attempts) {
    if (task->fd) close_tcp(task);
    answer(task, "timeout");
    return 0;
  }
  if (task->kind == TCP) return timeout_us - age;
  if (!task->attempts || !task->sent_us || (now - task->sent_us >= again_us && task->attempts < most_attempts)) {
    if (burst == BURST) return PAUSE_US;
    burst++;
    if (!task->attempts) task->first_us = now;
    if (task->kind == PING) send_ping(task);
    else if (task->attempts || !answer_from_hosts(task)) send_query(task);
  }
  return task->attempts < most_attempts && again_us < timeout_us - age ? again_us : timeout_us - age;
}
static void run(void) {
  static struct pollfd fds[2 + MAX_RESOLVERS + MAX_TCP];
  static struct task *connecting[MAX_TCP];
  started_us = now_us();
  open_count = task_count;
  while (open_count) {
    u64 now = now_us(), wait = timeout_us;
    burst = 0;
    /* Whatever lies in the sockets is read before anything expires: a late reader must not turn an answer into a timeout. */
    for (u32 i = 0; i < 2; i++) if (icmp[i].fd) receive_pings(i);
    for (u32 i = 0; i < resolver_count; i++) receive_replies(i);
    for (u32 i = 0; i < task_count; i++) {
      if (tasks[i].done) continue;
      u64 next = step(&tasks[i], now);
      if (!tasks[i].done && next < wait) wait = next;
    }
    if (!open_count) break;
    u32 count = 0, tcp = 0;
    for (u32 i = 0; i < 2; i++) if (icmp[i].fd) fds[count++] = (struct pollfd){icmp[i].fd, POLLIN, 0};
    for (u32 i = 0; i < resolver_count; i++) fds[count++] = (struct pollfd){resolver[i].fd, POLLIN, 0};
    for (u32 i = 0; i < task_count; i++)
      if (tasks[i].fd) { connecting[tcp++] = &tasks[i]; fds[count++] = (struct pollfd){tasks[i].fd, POLLOUT, 0}; }
    flush();
    poll_for(fds, count, wait < 1000 ? 1000 : wait);
    for (u32 i = 0; i < tcp; i++) if (fds[count - tcp + i].revents) finish_connect(connecting[i]);
  }
}
static int read_task(const char *text, struct task *task) {
  const char *rest;
  u32 port;
  if ((rest = after(text, "ping="))) {
    task->kind = PING;
    rest = read_address(rest, &task->to);
    return rest && !*rest;
  }
  task->record = (rest = after(text, "name6=")) ? 28 : 1;
  if (rest || (rest = after(text, "name="))) {
    task->kind = NAME;
    task->name = rest;
    return 1;
  }
  if (!(rest = after(text, "tcp="))) return 0;
  task->kind = TCP;
  int bracket = *rest == '[';
  rest = read_address(rest + bracket, &task->to);
  if (!rest || (bracket && *rest++ != ']') || *rest++ != ':') return 0;
  rest = read_number(rest, 10, 65535, &port);
  if (task->to.family == AF_INET) task->to.v4.port = swap16((u16)port); else task->to.v6.port = swap16((u16)port);
  return rest && !*rest;
}
/* ---- the groups: a process for each, in the namespace that it asks from ---- */
static u32 append(char *path, u32 at, const char *text) { while (*text) path[at++] = *text++; path[at] = 0; return at; }
/* /proc/PID and what follows; `pid` ends at its slash. */
static const char *path_of(const char *pid, const char *rest) {
  static char path[64];
  u32 at = append(path, 0, "/proc/");
  while (*pid >= '0' && *pid <= '9' && at < 30) path[at++] = *pid++;
  append(path, at, rest);
  return path;
}
static int contains(const char *text, const char *word) {
  for (; *text; text++) if (after(text, word)) return 1;
  return 0;
}
static void end_group(const char *end, i64 error) {
  put("{\"group\":");
  put_number(group);
  put(",\"end\":\"");
  put(end);
  put("\"");
  if (error) { put(",\"errno\":"); put_number((u64)error); }
  put("}");
  end_line();
  flush();
}
/* Enters the namespace that `in` (PID/ID) names and reads its files; answers whether it could. */
static int enter(const char *in) {
  static char cgroup[16384];
  const char *id = in;
  i64 fd = open_file(path_of(in, "/ns/net"));
  while (*id && *id != '/') id++;
  /* The number may belong to another process by now: what we hold open, and then look at, is of one and the same. */
  if (fd == -ENOENT || fd == -ESRCH || (fd >= 0 && !(*id && read_file(path_of(in, "/cgroup"), cgroup, sizeof cgroup) && contains(cgroup, id + 1)))) {
    end_group("gone", 0);
    return 0;
  }
  i64 result = fd < 0 ? fd : sys3(SYS_setns, fd, CLONE_NEWNET, 0);
  if (result < 0) { end_group(result == -EPERM || result == -EACCES ? "denied" : "error", -result); return 0; }
  sys3(SYS_close, fd, 0, 0);
  hosts_length = read_file(path_of(in, "/root/etc/hosts"), hosts, sizeof hosts);
  read_resolvers(path_of(in, "/root/etc/resolv.conf"));
  return 1;
}
static void ask_again_and_again(const char *in) {
  struct pollfd none = {-1, 0, 0};
  most_attempts = 1;
  for (;; round++) {
    run();
    flush();
    i64 fd = in ? open_file(path_of(in, "/ns/net")) : 0;
    if (fd < 0) { end_group("gone", 0); return; }
    if (in) sys3(SYS_close, fd, 0, 0);
    for (u32 i = 0; i < task_count; i++) { struct task *task = &tasks[i]; task->done = task->attempts = task->failures = 0; task->sent_us = 0; }
    u64 spent = now_us() - started_us;
    if (spent < follow_us) poll_for(&none, 1, follow_us - spent);
  }
}
/* Asks the tasks among `arguments`, up to the next group. Answers how many arguments those were; asks nothing where `dry`. */
static i64 ask_group(char **arguments, i64 count, const char *in, int dry, int *bad) {
  i64 at = 0;
  task_count = 0;
  for (; at < count && !after(arguments[at], "--in="); at++)
    if (task_count == MAX_TASKS || !read_task(arguments[at], &tasks[task_count++])) *bad = 1;
  if (dry) return at;
  sys3(SYS_getrandom, &cookie, sizeof cookie, 0);
  if (in) { if (!enter(in)) return at; }
  else {
    hosts_length = read_file("/etc/hosts", hosts, sizeof hosts);
    read_resolvers("/etc/resolv.conf");
  }
  if (follow_us) ask_again_and_again(in); else { run(); end_group("done", 0); }
  return at;
}
/* Answers whether somebody still wants us: waits a while for the next sign of it. */
static int is_wanted(void) {
  static u64 heard_us;
  struct pollfd input = {0, POLLIN, 0};
  char bytes[256];
  if (!heard_us) heard_us = now_us();
  poll_for(&input, 1, 200000);
  if (input.revents) {
    i64 got = sys3(SYS_read, 0, bytes, sizeof bytes);
    if (got == 0 || (got < 0 && got != -EAGAIN && got != -EINTR)) return 0;
    if (got > 0) heard_us = now_us();
  }
  return now_us() - heard_us < SILENCE_US;
}
__attribute__((noreturn)) static void leave(int code) { flush(); for (;;) sys3(SYS_exit_group, code, 0, 0); }
__attribute__((noreturn)) static void refuse(void) { put("{\"error\":\"usage\"}"); end_line(); leave(2); }
/* The arguments that come by standard input. They may be many: a command line is bounded, and shown in every list of containers. */
static char input[MAX_INPUT];
static char *lines[MAX_LINES];
static i64 read_arguments(void) {
  u32 length = 0, line = 0;
  i64 count = 0;
  for (;;) {
    struct pollfd ready = {0, POLLIN, 0};
    poll_for(&ready, 1, SILENCE_US);
    i64 got = ready.revents ? sys3(SYS_read, 0, input + length, sizeof input - length) : 0;
    if (got == -EINTR || got == -EAGAIN) continue;
    if (got <= 0) refuse();
    for (u32 end = length + (u32)got; length < end; length++) {
      if (input[length] != '\n') continue;
      input[length] = 0;
      if (length == line) return count;
      if (count == MAX_LINES) refuse();
      lines[count++] = input + line;
      line = length + 1;
    }
  }
}
/* An option's number, in microseconds. */
static u64 read_ms(const char *text) {
  u32 value;
  const char *rest = read_number(text, 10, 60000, &value);
  if (!rest || *rest || !value) refuse();
  return (u64)value * 1000;
}
/* The kernel's start: the argument count, then the arguments. */
__attribute__((noreturn, used)) void probe_start(i64 *stack) {
  char **arguments = (char **)(stack + 1);
  i64 count = stack[0], first = 1;
  u32 children = 0, all_tasks = 0;
  u64 began_us = now_us();
  int bad = 0, by_input = 0;
  for (; first < count; first++) {
    const char *rest;
    if ((rest = after(arguments[first], "--timeout="))) timeout_us = read_ms(rest);
    else if ((rest = after(arguments[first], "--follow="))) follow_us = read_ms(rest);
    else if (after(arguments[first], "--stdin")) by_input = 1;
    else break;
  }
  if (by_input) {
    count = read_arguments();
    arguments = lines;
    first = 0;
  }
  /* Twice over the same: what is wrong is said before anything is asked. */
  for (int dry = 1; dry >= 0; dry--) {
    all_tasks = 0;
    for (i64 at = first; at < count; group++) {
      const char *in = after(arguments[at], "--in=");
      if (in) at++;
      first_task = all_tasks;
      while (!dry && children >= MAX_CHILDREN) if (wait_for_child(0) > 0) children--;
      i64 child = dry ? 1 : fork_child();
      if (child == 0) { ask_group(arguments + at, count - at, in, 0, &bad); leave(0); }
      if (child < 0) end_group("error", -child); else children += !dry;
      at += ask_group(arguments + at, count - at, in, 1, &bad);
      all_tasks += task_count;
    }
    if (bad || !all_tasks) refuse();
    group = 0;
  }
  while (children) {
    i64 ended = follow_us ? wait_for_child(WNOHANG) : wait_for_child(0);
    if (ended > 0) children--;
    else if (ended != 0 && ended != -EINTR) break;
    else if (follow_us && !is_wanted()) leave(0);
  }
  put("{\"done\":true,\"tasks\":");
  put_number(all_tasks);
  put(",\"elapsedUs\":");
  put_number(now_us() - began_us);
  put("}");
  end_line();
  leave(0);
}
