"""conan create cmake/packaging/conan -s compiler.cppstd=20

A recipe of the checkout that it lies in. No test runs Conan, which Debian does not have; Conan 2.9 has run this once,
by hand.
"""

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load


class Simdact(ConanFile):
    name = "simdact"
    license = "BSD-3-Clause"
    description = "Neural-network activation functions, vectorised through xsimd"
    package_type = "header-library"
    settings = "os", "compiler", "build_type", "arch"

    def set_version(self):
        header = load(self, os.path.join(self._checkout, "include", "simdact", "version.hpp"))
        self.version = ".".join(re.findall(r"#define SIMDACT_VERSION_\w+ (\d+)", header))

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "include/*"):
            copy(self, pattern, self._checkout, self.export_sources_folder)

    def requirements(self):
        self.requires("xsimd/[>=8.1]", transitive_headers=True)

    def validate(self):
        check_min_cppstd(self, 20)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        for part in ("TESTS", "BENCH", "EXAMPLES", "DISPATCH"):
            toolchain.cache_variables[f"SIMDACT_BUILD_{part}"] = False
        toolchain.generate()

    def package(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.install()
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))

    def package_id(self):
        self.info.clear()

    def package_info(self):
        # The library's own CMake package asks for C++20 and knows its versions, which one that Conan makes would not.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("share", "cmake", "simdact")]
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []

    @property
    def _checkout(self):
        return os.path.join(self.recipe_folder, "..", "..", "..")
