# mlp_add_test(NAME name KIND unit|api SOURCES files... [LIBS libs...] [LABELS labels...] [TIMEOUT seconds] [ENV NAME=value...])
#
# A CMocka program and its CTest entry. KIND unit links the object library and sees the internal headers;
# KIND api links only the library a user links, so that a missing export fails. LABELS: `threads` where threads share work, all that
# the thread sanitizer sees; `arithmetic` for what takes the sanitizers too long; `long` stays out of CI.
function(mlp_add_test)
  cmake_parse_arguments(TEST "" "NAME;KIND;TIMEOUT" "SOURCES;LIBS;LABELS;ENV" ${ARGN})
  add_executable(${TEST_NAME} ${TEST_SOURCES})
  target_include_directories(${TEST_NAME} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${TEST_NAME} PRIVATE mlp_warnings PkgConfig::CMOCKA m ${TEST_LIBS})
  target_compile_options(${TEST_NAME} PRIVATE -ffp-contract=off)
  if(TEST_KIND STREQUAL "unit")
    target_include_directories(${TEST_NAME} PRIVATE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${TEST_NAME} PRIVATE mlp_objects mlp_blas Threads::Threads)
  else()
    target_link_libraries(${TEST_NAME} PRIVATE mlp)
  endif()
  add_test(NAME ${TEST_NAME} COMMAND ${TEST_NAME})
  if("threads" IN_LIST TEST_LABELS)
    add_dependencies(tests_of_threads ${TEST_NAME})
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  set_tests_properties(${TEST_NAME} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_KIND};${TEST_LABELS}"
                                               ENVIRONMENT "${TEST_ENV}")
endfunction()
