# Install, move the prefix, then build and run the consumer against it in every way the README shows.
set(first ${WORK}/installed)
set(prefix "${WORK}/moved here")
file(REMOVE_RECURSE ${first} ${prefix} ${WORK}/consumer)
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${first} --config ${CONFIG} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME ${first} ${prefix})

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE errors)
  if(result)
    message(FATAL_ERROR "${ARGN}\n${output}\n${errors}")
  endif()
endfunction()

# find_package: C99, C11 and C++17, the shared and the static library
run(${CMAKE_COMMAND} -S ${SOURCE}/consumer -B ${WORK}/consumer -G ${GENERATOR} -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_C_COMPILER=${CC}
    -DMLP_WANTED=${VERSION})
run(${CMAKE_COMMAND} --build ${WORK}/consumer)
run(${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/consumer --output-on-failure --no-tests=error)

# pkg-config: the same source, one command line
file(COPY ${SOURCE}/consumer/consumer.c DESTINATION ${WORK})
set(ENV{PKG_CONFIG_PATH} "${prefix}/${LIBDIR}/pkgconfig")
execute_process(COMMAND ${PKG_CONFIG} --cflags --libs mlp OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND "${flags}")
run(${CC} -std=c99 ${WORK}/consumer.c -o ${WORK}/by_pkg_config ${flags} "-Wl,-rpath,${prefix}/${LIBDIR}")
run(${WORK}/by_pkg_config ${VERSION})

# The README's program, as it stands there, by the command line that stands there.
file(READ ${SOURCE}/../../README.md readme)
string(REGEX MATCH "<!-- file: docs/examples/quickstart.c -->\n```c\n([^`]*)```" found "${readme}")
file(READ ${SOURCE}/../../docs/examples/quickstart.c example)
if(NOT CMAKE_MATCH_1 STREQUAL example)
  message(FATAL_ERROR "the README's program is not docs/examples/quickstart.c")
endif()
string(REGEX MATCH "<!-- command: pkg-config -->\n```sh\n([^`]*)\n```" found "${readme}")
set(command "${CMAKE_MATCH_1}")
file(COPY ${SOURCE}/../../docs/examples/quickstart.c DESTINATION ${WORK})
# by eval, as the prefix has a blank
execute_process(COMMAND sh -c "eval \"${command} -Wl,-rpath,'${prefix}/${LIBDIR}'\"" WORKING_DIRECTORY ${WORK} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ./quickstart WORKING_DIRECTORY ${WORK} OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
string(STRIP "${output}" output)
string(FIND "${readme}" "prints `${output}`" found)
if(found EQUAL -1)
  message(FATAL_ERROR "the README's program printed \"${output}\"")
endif()
message(STATUS "consumers built and run from ${prefix}")
