# mlp_blas: the BLAS and LAPACKE behind src/engine/blas.h, by MLP_BLAS = system | bundled | plain.
#
# Also set, for whoever links the static library:
#   MLP_BLAS_LIBRARIES  the files to link
#   MLP_BLAS_PC_LIBS    the same as flags for mlp.pc
# and for the summary: MLP_BLAS_NAME, MLP_BLAS_FILE.
include(CheckCSourceCompiles)
include(CheckLibraryExists)
include(CMakePushCheckState)

# The calls the library makes, with 32-bit integers: ILP64 libraries have the same names and must not be mixed in.
set(MLP_BLAS_PROGRAM [[
#include <cblas.h>
#include <lapacke.h>
_Static_assert(sizeof(lapack_int) == 4, "32-bit integers");
#ifdef CHECK_FORTRAN
void _gfortran_concat_string(void);
void _gfortran_concat_string(void) {}
#endif
int main(void)
{
    float a = 1, s = 0;
    int rank = 0, iwork[64];
    cblas_sgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, 1, 1, 1, 1, &a, 1, &a, 1, 0, &s, 1);
    LAPACKE_sgels_work(LAPACK_COL_MAJOR, 'N', 1, 1, 1, &a, 1, &a, 1, &s, -1);
    LAPACKE_stpqrt_work(LAPACK_COL_MAJOR, 1, 1, 0, 1, &a, 1, &s, 1, &a, 1, &a);
    return LAPACKE_sgelsd_work(LAPACK_COL_MAJOR, 1, 1, 1, &a, 1, &a, 1, &s, 1, &rank, &s, -1, iwork);
}
]])

# Sets `result` to whether the program above compiles and links.
function(mlp_check_blas result include_dirs libraries)
  cmake_push_check_state(RESET)
  set(CMAKE_REQUIRED_QUIET ON)
  set(CMAKE_REQUIRED_INCLUDES ${include_dirs})
  set(CMAKE_REQUIRED_LIBRARIES ${libraries} m)
  set(CMAKE_REQUIRED_DEFINITIONS ${ARGN})
  check_c_source_compiles("${MLP_BLAS_PROGRAM}" ${result})
  cmake_pop_check_state()
  if(NOT ${result})
    unset(${result} CACHE) # to be asked again when something has been installed
  endif()
endfunction()

# What the file of a BLAS says of itself: the real path behind links and alternatives tells the maker.
function(mlp_name_blas file)
  get_filename_component(path "${file}" REALPATH)
  set(name "unknown")
  foreach(pair "openblas;OpenBLAS" "blis;BLIS" "atlas;ATLAS" "mkl;MKL" "flexiblas;FlexiBLAS" "lib(c?)blas\\.;reference")
    list(GET pair 0 pattern)
    if(path MATCHES "${pattern}" AND name STREQUAL "unknown")
      list(GET pair 1 name)
    endif()
  endforeach()
  set(MLP_BLAS_FILE "${path}" PARENT_SCOPE)
  set(MLP_BLAS_NAME "${name}" PARENT_SCOPE)
endfunction()

# Tries one BLAS, alone and with a LAPACKE beside it; on success sets MLP_BLAS_FOUND and what goes with it.
macro(mlp_try_blas candidate include_dirs)
  foreach(lapacke "" "${MLP_LAPACKE_LIBRARY}")
    if(NOT MLP_BLAS_FOUND AND NOT "${ARGN}" MATCHES "NOTFOUND" AND NOT "${ARGN}" STREQUAL "")
      string(MAKE_C_IDENTIFIER "MLP_BLAS_WORKS_${candidate}_${lapacke}" works)
      mlp_check_blas(${works} "${include_dirs}" "${lapacke};${ARGN}")
      if(${works})
        set(MLP_BLAS_FOUND TRUE)
        set(MLP_BLAS_LIBRARIES ${lapacke} ${ARGN})
        set(MLP_BLAS_INCLUDE_DIRS ${include_dirs})
        mlp_name_blas("${ARGV2}")
      endif()
    endif()
  endforeach()
endmacro()

# OpenBLAS first, and libblas.so before libopenblas.so where it is OpenBLAS: only that name stays switchable at
# run time (Debian's alternatives). Then whatever else there is, by the usual rules of FindBLAS (BLA_VENDOR).
function(mlp_find_system_blas)
  find_library(MLP_LAPACKE_LIBRARY lapacke)
  find_library(MLP_BLAS_LIBRARY blas)
  find_library(MLP_CBLAS_LIBRARY cblas)
  mark_as_advanced(MLP_LAPACKE_LIBRARY MLP_BLAS_LIBRARY MLP_CBLAS_LIBRARY)
  if(NOT MLP_LAPACKE_LIBRARY)
    set(MLP_LAPACKE_LIBRARY "")
  endif()
  pkg_check_modules(MLP_OPENBLAS QUIET openblas)
  if(NOT BLA_VENDOR)
    get_filename_component(path "${MLP_BLAS_LIBRARY}" REALPATH)
    if(path MATCHES "openblas")
      mlp_try_blas(switchable "" ${MLP_BLAS_LIBRARY})
    endif()
    mlp_try_blas(openblas "${MLP_OPENBLAS_INCLUDE_DIRS}" ${MLP_OPENBLAS_LINK_LIBRARIES})
    mlp_try_blas(blas "" ${MLP_BLAS_LIBRARY})
    mlp_try_blas(cblas "" ${MLP_CBLAS_LIBRARY} ${MLP_BLAS_LIBRARY})
  endif()
  if(NOT MLP_BLAS_FOUND)
    find_package(BLAS QUIET)
    find_package(LAPACK QUIET)
    mlp_try_blas(vendor_${BLA_VENDOR} "" ${BLAS_LIBRARIES} ${LAPACK_LIBRARIES})
  endif()
  if(NOT MLP_BLAS_FOUND)
    message(FATAL_ERROR "No CBLAS with LAPACKE (32-bit integers) was found. Debian: apt-get install libopenblas-dev "
                        "liblapacke-dev. Elsewhere set CMAKE_PREFIX_PATH or BLA_VENDOR, or choose MLP_BLAS=plain.")
  endif()
  foreach(name LIBRARIES INCLUDE_DIRS NAME FILE)
    set(MLP_BLAS_${name} ${MLP_BLAS_${name}} PARENT_SCOPE)
  endforeach()
endfunction()

# Archives and headers of a serial OpenBLAS and of LAPACKE, linked into libmlp.so and hidden there. The names of
# the libraries behind --exclude-libs stay private; --wrap lets blas_bundled.c choose the kernels at start
# and blas_bundled_memory.c hand out working memory to several threads.
function(mlp_find_bundled_blas)
  if(NOT BUILD_SHARED_LIBS)
    message(FATAL_ERROR "MLP_BLAS=bundled hides its OpenBLAS inside libmlp.so: it needs BUILD_SHARED_LIBS=ON")
  endif()
  find_library(MLP_OPENBLAS_ARCHIVE libopenblas.a PATH_SUFFIXES openblas-serial)
  find_library(MLP_LAPACKE_ARCHIVE liblapacke.a)
  find_path(MLP_OPENBLAS_INCLUDE_DIR cblas.h PATH_SUFFIXES openblas-serial openblas)
  mark_as_advanced(MLP_OPENBLAS_ARCHIVE MLP_LAPACKE_ARCHIVE MLP_OPENBLAS_INCLUDE_DIR)
  foreach(pair "MLP_OPENBLAS_ARCHIVE;libopenblas-serial-dev" "MLP_LAPACKE_ARCHIVE;liblapacke-dev"
          "MLP_OPENBLAS_INCLUDE_DIR;libopenblas-serial-dev")
    list(GET pair 0 variable)
    list(GET pair 1 package)
    if(NOT ${variable})
      message(FATAL_ERROR "MLP_BLAS=bundled: ${variable} was not found. Debian: apt-get install ${package}")
    endif()
  endforeach()
  mlp_check_blas(MLP_BUNDLED_BLAS_LINKS "${MLP_OPENBLAS_INCLUDE_DIR}" "${MLP_LAPACKE_ARCHIVE};${MLP_OPENBLAS_ARCHIVE}"
                 -DCHECK_FORTRAN)
  set(CMAKE_REQUIRED_QUIET ON)
  unset(MLP_OPENBLAS_ARCHIVE_HAS_THREADS CACHE)
  check_library_exists(${MLP_OPENBLAS_ARCHIVE} exec_blas "" MLP_OPENBLAS_ARCHIVE_HAS_THREADS)
  if(NOT MLP_BUNDLED_BLAS_LINKS OR MLP_OPENBLAS_ARCHIVE_HAS_THREADS)
    message(FATAL_ERROR "MLP_BLAS=bundled: ${MLP_OPENBLAS_ARCHIVE} has threads or does not link by itself. It must be a "
                        "serial build with 32-bit integers (Debian: libopenblas-serial-dev): set MLP_OPENBLAS_ARCHIVE.")
  endif()
  target_include_directories(mlp_blas SYSTEM INTERFACE ${MLP_OPENBLAS_INCLUDE_DIR})
  target_link_libraries(mlp_blas INTERFACE ${MLP_LAPACKE_ARCHIVE} ${MLP_OPENBLAS_ARCHIVE})
  target_link_options(mlp_blas INTERFACE LINKER:--exclude-libs,ALL LINKER:--wrap=getenv
                      LINKER:--wrap=blas_memory_alloc LINKER:--wrap=blas_memory_free)
  set(MLP_BLAS_NAME "OpenBLAS" PARENT_SCOPE)
  set(MLP_BLAS_FILE ${MLP_OPENBLAS_ARCHIVE} PARENT_SCOPE)
endfunction()

add_library(mlp_blas INTERFACE)
if(MLP_BLAS STREQUAL "system")
  mlp_find_system_blas()
  target_include_directories(mlp_blas SYSTEM INTERFACE ${MLP_BLAS_INCLUDE_DIRS})
  target_link_libraries(mlp_blas INTERFACE ${MLP_BLAS_LIBRARIES})
elseif(MLP_BLAS STREQUAL "bundled")
  mlp_find_bundled_blas()
elseif(NOT MLP_BLAS STREQUAL "plain")
  message(FATAL_ERROR "MLP_BLAS=${MLP_BLAS}: must be system, bundled or plain")
endif()
target_link_libraries(mlp_blas INTERFACE m)
list(TRANSFORM MLP_BLAS_LIBRARIES REPLACE "^.*/lib([^/]+)\\.(so|a)$" "-l\\1" OUTPUT_VARIABLE MLP_BLAS_PC_LIBS)
list(JOIN MLP_BLAS_PC_LIBS " " MLP_BLAS_PC_LIBS)
