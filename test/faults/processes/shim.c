/* Preloaded into a process. Below the folder $FAULT_UNDER (a prefix of paths) every call that writes or syncs fails with
 * $FAULT_ERRNO once $FAULT_AFTER such calls have gone well; $FAULT_CALLS, if given, is "write" or "sync": only those
 * count. $CLOCK_FILE holds a signed 64-bit number of seconds by which the wall clock is wrong; it may change at any
 * time. The monotonic clock is left alone, as it is by whoever sets a clock. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((typeof(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int fails(int fd, const char *kind) {
  static atomic_long calls;
  const char *under = getenv("FAULT_UNDER"), *after = getenv("FAULT_AFTER"), *only = getenv("FAULT_CALLS");
  if (!under || !after || (only && strcmp(only, kind))) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < (ssize_t)strlen(under) || strncmp(path, under, strlen(under))) return 0;
  if (atomic_fetch_add(&calls, 1) < atol(after)) return 0;
  const char *number = getenv("FAULT_ERRNO");
  errno = number ? atoi(number) : ENOSPC;
  return 1;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  static typeof(&write) next;
  if (!next) next = REAL(write);
  return fails(fd, "write") ? -1 : next(fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  static typeof(&pwrite64) next;
  if (!next) next = REAL(pwrite64);
  return fails(fd, "write") ? -1 : next(fd, bytes, count, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

int fsync(int fd) {
  static typeof(&fsync) next;
  if (!next) next = REAL(fsync);
  return fails(fd, "sync") ? -1 : next(fd);
}

int fdatasync(int fd) {
  static typeof(&fdatasync) next;
  if (!next) next = REAL(fdatasync);
  return fails(fd, "sync") ? -1 : next(fd);
}

static int64_t wrong_by(void) {
  static volatile int64_t *seconds;
  static int looked;
  if (!looked) {
    looked = 1;
    const char *path = getenv("CLOCK_FILE");
    int fd = path ? open(path, O_RDONLY) : -1;
    void *map = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *seconds, PROT_READ, MAP_SHARED, fd, 0);
    if (map != MAP_FAILED) seconds = map;
  }
  return seconds ? *seconds : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  static typeof(&clock_gettime) next;
  if (!next) next = REAL(clock_gettime);
  int result = next(clock, now);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += wrong_by();
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  static int (*next)(struct timeval *, void *);
  if (!next) next = (int (*)(struct timeval *, void *))real("gettimeofday");
  int result = next(now, zone);
  if (result == 0) now->tv_sec += wrong_by();
  return result;
}

time_t time(time_t *out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out) *out = now.tv_sec;
  return now.tv_sec;
}
