# What the library may not even import: functions that end, interrupt, print in or reconfigure the host program.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${NM} -D --undefined-only ${LIBRARY} OUTPUT_VARIABLE table COMMAND_ERROR_IS_FATAL ANY)
set(forbidden exit _exit _Exit quick_exit abort atexit printf fprintf puts putchar putc fputs fputc fwrite perror vprintf vfprintf
    __printf_chk __fprintf_chk __vfprintf_chk stdout stderr signal sigaction raise kill setlocale setenv putenv unsetenv chdir fchdir system
    fork popen sched_setaffinity pthread_setaffinity_np rand srand random srandom getenv secure_getenv syslog longjmp siglongjmp
    openblas_set_num_threads goto_set_num_threads omp_set_num_threads)
if(NOT ASSERT)
  list(APPEND forbidden __assert_fail)
endif()
string(REGEX MATCHALL " [Uw] [^\n]+" rows "${table}")
foreach(row IN LISTS rows)
  string(REGEX REPLACE "^ [Uw] ([^@]+).*$" "\\1" name "${row}")
  if(name IN_LIST forbidden)
    message(SEND_ERROR "${LIBRARY} imports ${name}")
  endif()
endforeach()
list(LENGTH rows count)
if(count LESS 10)
  message(SEND_ERROR "only ${count} imported symbols: the list was not read")
endif()
message(STATUS "${count} imports, none of the forbidden ones")
