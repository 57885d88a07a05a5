# mlp_add_simd(stem...): stem_avx512.c, stem_avx2.c and stem_generic.c of the current folder, each with the flags of its
# instruction set (src/simd/simd.h). MLP_SIMD_SETS lists those this processor family has; tables are chosen at run time.
set(MLP_SIMD_SETS generic)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$" AND CMAKE_SIZEOF_VOID_P EQUAL 8)
  list(APPEND MLP_SIMD_SETS avx2 avx512)
endif()
set(MLP_SIMD_FLAGS_avx2 -mavx2 -mfma)
set(MLP_SIMD_FLAGS_avx512 -mavx512f -mavx512cd -mavx512bw -mavx512dq -mavx512vl -mfma -mprefer-vector-width=512)

function(mlp_add_simd)
  foreach(stem IN LISTS ARGN)
    foreach(set IN LISTS MLP_SIMD_SETS)
      target_sources(mlp_objects PRIVATE ${stem}_${set}.c)
      set_source_files_properties(${CMAKE_CURRENT_SOURCE_DIR}/${stem}_${set}.c TARGET_DIRECTORY mlp_objects
                                  PROPERTIES COMPILE_OPTIONS "-O3;${MLP_SIMD_FLAGS_${set}}")
    endforeach()
  endforeach()
endfunction()
