/*
 * The little of Linux that the probe needs, without a C library: the same few lines compile for amd64 and arm64, nothing
 * at run time can block behind our back (getaddrinfo does), and the program stays at some 10 KB.
 * Numbers: the kernel's include/uapi and arch tables; both machines are 64-bit little-endian and share the socket values.
 */
#ifndef PORTOLAN_SYS_H
#define PORTOLAN_SYS_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef long i64;

#if defined(__x86_64__)
enum {
  SYS_read = 0, SYS_write = 1, SYS_close = 3, SYS_socket = 41, SYS_connect = 42, SYS_sendto = 44, SYS_recvfrom = 45,
  SYS_getsockopt = 55, SYS_clone = 56, SYS_wait4 = 61, SYS_prctl = 157, SYS_clock_gettime = 228, SYS_exit_group = 231,
  SYS_openat = 257, SYS_ppoll = 271, SYS_setns = 308, SYS_getrandom = 318
};
static i64 sys6(i64 n, i64 a, i64 b, i64 c, i64 d, i64 e, i64 f) {
  i64 result;
  register i64 r10 __asm__("r10") = d;
  register i64 r8 __asm__("r8") = e;
  register i64 r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
__asm__(".globl _start\n_start:\n xor %ebp,%ebp\n mov %rsp,%rdi\n and $-16,%rsp\n call probe_start\n");
#elif defined(__aarch64__)
enum {
  SYS_read = 63, SYS_write = 64, SYS_close = 57, SYS_socket = 198, SYS_connect = 203, SYS_sendto = 206, SYS_recvfrom = 207,
  SYS_getsockopt = 209, SYS_clone = 220, SYS_wait4 = 260, SYS_prctl = 167, SYS_clock_gettime = 113, SYS_exit_group = 94,
  SYS_openat = 56, SYS_ppoll = 73, SYS_setns = 268, SYS_getrandom = 278
};
static i64 sys6(i64 n, i64 a, i64 b, i64 c, i64 d, i64 e, i64 f) {
  register i64 x8 __asm__("x8") = n;
  register i64 x0 __asm__("x0") = a;
  register i64 x1 __asm__("x1") = b;
  register i64 x2 __asm__("x2") = c;
  register i64 x3 __asm__("x3") = d;
  register i64 x4 __asm__("x4") = e;
  register i64 x5 __asm__("x5") = f;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
}
__asm__(".globl _start\n_start:\n mov x29,#0\n mov x30,#0\n mov x0,sp\n bl probe_start\n");
#else
#error "the probe knows amd64 and arm64"
#endif

#define sys3(n, a, b, c) sys6(n, (i64)(a), (i64)(b), (i64)(c), 0, 0, 0)

enum { AT_FDCWD = -100, O_NONBLOCK = 04000, O_CLOEXEC = 02000000 };
enum { SIGKILL = 9, SIGCHLD = 17, PR_SET_PDEATHSIG = 1, CLONE_NEWNET = 0x40000000, WNOHANG = 1 };
enum { AF_INET = 2, AF_INET6 = 10 };
enum { SOCK_STREAM = 1, SOCK_DGRAM = 2, SOCK_RAW = 3, SOCK_NONBLOCK = 04000, SOCK_CLOEXEC = 02000000 };
enum { IPPROTO_ICMP = 1, IPPROTO_ICMPV6 = 58, SOL_SOCKET = 1, SO_ERROR = 4 };
enum { POLLIN = 1, POLLOUT = 4, POLLHUP = 16 };
enum {
  EPERM = 1, ENOENT = 2, ESRCH = 3, EINTR = 4, EAGAIN = 11, EACCES = 13, EAFNOSUPPORT = 97, EADDRNOTAVAIL = 99, ENETUNREACH = 101,
  ECONNREFUSED = 111, EHOSTUNREACH = 113, EINPROGRESS = 115
};

struct timespec { i64 seconds, nanoseconds; };
struct pollfd { int fd; short events, revents; };
struct sockaddr_in { u16 family, port; u8 address[4]; u8 zero[8]; };
struct sockaddr_in6 { u16 family, port; u32 flow; u8 address[16]; u32 scope; };
union endpoint { u16 family; struct sockaddr_in v4; struct sockaddr_in6 v6; };

static u16 swap16(u16 value) { return (u16)(value << 8 | value >> 8); }

/* gcc calls these for plain assignments and initialisers, whatever -ffreestanding says. */
void *memcpy(void *to, const void *from, u64 count) {
  for (u64 i = 0; i < count; i++) ((u8 *)to)[i] = ((const u8 *)from)[i];
  return to;
}
void *memset(void *to, int value, u64 count) {
  for (u64 i = 0; i < count; i++) ((u8 *)to)[i] = (u8)value;
  return to;
}

static u64 now_us(void) {
  struct timespec t = {0, 0};
  sys3(SYS_clock_gettime, 1 /* CLOCK_MONOTONIC */, &t, 0);
  return (u64)t.seconds * 1000000 + (u64)t.nanoseconds / 1000;
}
static void poll_for(struct pollfd *fds, u32 count, u64 wait_us) {
  struct timespec t = {(i64)(wait_us / 1000000), (i64)(wait_us % 1000000) * 1000};
  sys6(SYS_ppoll, (i64)fds, count, (i64)&t, 0, 8, 0);
}
static int open_socket(int family, int type, int protocol) {
  return (int)sys3(SYS_socket, family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
}
static i64 address_size(const union endpoint *to) {
  return to->family == AF_INET ? (i64)sizeof to->v4 : (i64)sizeof to->v6;
}
static i64 send_to(int fd, const void *bytes, u64 count, const union endpoint *to) {
  return sys6(SYS_sendto, fd, (i64)bytes, (i64)count, 0, (i64)to, to ? address_size(to) : 0);
}
static i64 receive_from(int fd, void *bytes, u64 count, union endpoint *from) {
  u32 size = sizeof *from;
  return sys6(SYS_recvfrom, fd, (i64)bytes, (i64)count, 0, (i64)from, from ? (i64)&size : 0);
}
static i64 open_file(const char *path) { return sys3(SYS_openat, AT_FDCWD, path, O_NONBLOCK | O_CLOEXEC); }
/* A second process that goes on from here; 0 in it. The kernel ends it should the first one die. */
static i64 fork_child(void) {
  i64 child = sys6(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);
  if (child == 0) sys3(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0);
  return child;
}
static i64 wait_for_child(int options) { return sys6(SYS_wait4, -1, 0, options, 0, 0, 0); }
/* Reads a small file whole; answers its length, 0 where there is none. */
static u32 read_file(const char *path, char *into, u32 capacity) {
  /* Whoever put a pipe there must not hold us up. */
  i64 fd = open_file(path);
  u32 length = 0;
  if (fd < 0) return 0;
  while (length < capacity - 1) {
    i64 got = sys3(SYS_read, fd, into + length, capacity - 1 - length);
    if (got <= 0) break;
    length += (u32)got;
  }
  sys3(SYS_close, fd, 0, 0);
  into[length] = 0;
  return length;
}
#endif
