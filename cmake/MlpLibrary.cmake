# mlp: the library, shared or static by BUILD_SHARED_LIBS; mlp_static: the archive beside a shared one.
function(mlp_define_libraries)
  set(map ${PROJECT_SOURCE_DIR}/src/libmlp.map)
  add_library(mlp)
  mlp_describe_library(mlp)
  if(BUILD_SHARED_LIBS)
    set_target_properties(mlp PROPERTIES
      VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR} LINK_DEPENDS ${map})
    target_link_options(mlp PRIVATE LINKER:--version-script=${map} LINKER:-z,nodelete)
    if(NOT (MLP_SANITIZE AND CMAKE_C_COMPILER_ID MATCHES "Clang")) # clang leaves its runtime to the program
      target_link_options(mlp PRIVATE LINKER:--no-undefined)
    endif()
    if(NOT MLP_BLAS STREQUAL "bundled")
      add_library(mlp_static STATIC)
      mlp_describe_library(mlp_static)
      set_target_properties(mlp_static PROPERTIES OUTPUT_NAME mlp)
    endif()
  endif()
endfunction()

function(mlp_describe_library target)
  target_sources(${target} PRIVATE $<TARGET_OBJECTS:mlp_objects>)
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:mlp_warnings> $<BUILD_INTERFACE:mlp_blas> Threads::Threads)
  # Whoever links the installed archive links what it calls; the shared library brings its own.
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "STATIC_LIBRARY")
    foreach(library IN LISTS MLP_BLAS_LIBRARIES ITEMS m)
      target_link_libraries(${target} PRIVATE $<INSTALL_INTERFACE:${library}>)
    endforeach()
  endif()
endfunction()
