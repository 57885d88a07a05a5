# mlp_warnings: the warnings, sanitizers and coverage flags everything in the tree is built with.
add_library(mlp_warnings INTERFACE)
target_compile_options(mlp_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wpointer-arith -Wwrite-strings
  $<$<COMPILE_LANGUAGE:C>:-Wconversion -Wno-sign-conversion -Wstrict-prototypes -Wmissing-prototypes>
  $<$<BOOL:${MLP_WERROR}>:-Werror>)
if(MLP_SANITIZE)
  target_compile_options(mlp_warnings INTERFACE -fsanitize=${MLP_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(mlp_warnings INTERFACE -fsanitize=${MLP_SANITIZE})
endif()
if(MLP_COVERAGE)
  target_compile_options(mlp_warnings INTERFACE --coverage)
  target_link_options(mlp_warnings INTERFACE --coverage)
endif()
if(MLP_ASSERT)
  target_compile_definitions(mlp_warnings INTERFACE MLPI_ENABLE_ASSERT)
endif()
