# Every name in the symbol map is used by the tests of the library: under its name, or in a template that writes it T(name)
# (OTHER(name) for the other number type) without its suffix. Comments do not count.
cmake_minimum_required(VERSION 3.25)

file(STRINGS ${MAP} lines REGEX "^ +mlp_[a-z0-9_]+;")
set(names "")
foreach(line IN LISTS lines)
  string(REGEX REPLACE "^ +(mlp_[a-z0-9_]+);.*$" "\\1" name "${line}")
  list(APPEND names ${name})
endforeach()

# Lines that are not of a comment, between characters no name contains.
file(GLOB_RECURSE files ${TESTS}/api/*.[ch] ${TESTS}/numeric/*.[ch])
set(text "")
foreach(file IN LISTS files)
  file(STRINGS ${file} code REGEX "mlp_")
  list(FILTER code EXCLUDE REGEX "^ *(/\\*|\\*|//)")
  string(APPEND text " ${code} ")
endforeach()

foreach(name IN LISTS names)
  string(REGEX REPLACE "_f(32|64)$" "" base ${name})
  if(NOT text MATCHES "[^A-Za-z0-9_]${name}[^A-Za-z0-9_]"
     AND (base STREQUAL name OR NOT text MATCHES "[^A-Za-z0-9_](T|OTHER)\\(${base}\\)"))
    message(SEND_ERROR "${name}: no file of tests/api or tests/numeric uses it")
  endif()
endforeach()
list(LENGTH names count)
if(count LESS 50)
  message(SEND_ERROR "only ${count} names: the map was not read")
endif()
message(STATUS "${count} functions of the map occur in the tests")
