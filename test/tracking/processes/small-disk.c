/* Preloaded into a process, it makes every file whose path ends in $FULL_FILE fail like one on a disk that is full once
 * the file has $FULL_BYTES bytes: a write stops half-way there, the next one gets $FULL_ERRNO. With $FULL_NO_CUT it
 * cannot be cut either. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long room(int fd, long from) {
  const char *suffix = getenv("FULL_FILE"), *limit = getenv("FULL_BYTES");
  char link[64], path[4096];
  if (!suffix || !limit) return -1;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  size_t wanted = strlen(suffix);
  if (length < (ssize_t)wanted) return -1;
  path[length] = 0;
  if (strcmp(path + length - wanted, suffix)) return -1;
  struct stat status;
  if (from < 0) from = fstat(fd, &status) ? 0 : status.st_size;
  long left = atol(limit) - from;
  return left > 0 ? left : 0;
}

static int refuse(void) {
  const char *number = getenv("FULL_ERRNO");
  errno = number ? atoi(number) : ENOSPC;
  return -1;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) real = dlsym(RTLD_NEXT, "write");
  long left = room(fd, -1);
  if (left == 0) return refuse();
  return real(fd, bytes, left > 0 && (size_t)left < count ? (size_t)left : count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
  static ssize_t (*real)(int, const void *, size_t, off_t);
  if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
  long left = room(fd, offset);
  if (left == 0) return refuse();
  return real(fd, bytes, left > 0 && (size_t)left < count ? (size_t)left : count, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

int ftruncate64(int fd, off_t length) {
  static int (*real)(int, off_t);
  if (!real) real = dlsym(RTLD_NEXT, "ftruncate64");
  return getenv("FULL_NO_CUT") && room(fd, -1) >= 0 ? refuse() : real(fd, length);
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
