# Installs the libraries, headers, mlp.pc and the CMake package mlp (target mlp::mlp); all relocatable.
include(CMakePackageConfigHelpers)

set(mlp_targets mlp)
if(TARGET mlp_static)
  list(APPEND mlp_targets mlp_static)
endif()
install(TARGETS ${mlp_targets} EXPORT mlpTargets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} NAMELINK_COMPONENT development
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/mlp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development FILES_MATCHING PATTERN "*.h")

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/mlp)
install(EXPORT mlpTargets NAMESPACE mlp:: DESTINATION ${package_dir} COMPONENT development)
configure_package_config_file(cmake/mlpConfig.cmake.in ${PROJECT_BINARY_DIR}/mlpConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/mlpConfigVersion.cmake
                                 VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/mlpConfig.cmake ${PROJECT_BINARY_DIR}/mlpConfigVersion.cmake
        DESTINATION ${package_dir} COMPONENT development)

# In mlp.pc the prefix is found from the place of the file itself.
file(RELATIVE_PATH mlp_pc_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" mlp_pc_prefix "${mlp_pc_prefix}")
if(BUILD_SHARED_LIBS)
  set(mlp_pc_libs "")
  set(mlp_pc_libs_private "${MLP_BLAS_PC_LIBS} -lpthread -lm")
else()
  set(mlp_pc_libs "${MLP_BLAS_PC_LIBS} -lpthread -lm")
  set(mlp_pc_libs_private "")
endif()
configure_file(cmake/mlp.pc.in ${PROJECT_BINARY_DIR}/mlp.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/mlp.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
