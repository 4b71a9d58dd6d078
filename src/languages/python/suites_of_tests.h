// Which folders test and tests are test suites, and which have no more than the name?
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "languages/python/folders_of_tests.h"
#include "model/inspection.h"
#include "model/package.h"
#include "python/scanner.h"

namespace slim {

// As far as `files`, which are of the package's entries, are known: where none is, names alone decide.
TestSuites find_test_suites(const Package& package, const std::vector<std::string>& roots,
                            const std::vector<FileFacts>& files);

// Does a module import a test framework and define tests for it?
bool defines_tests(const python::SourceFacts& source, std::string_view text);

}  // namespace slim
