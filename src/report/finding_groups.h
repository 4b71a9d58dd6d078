// Findings that say the same of several files, told once.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/check_report.h"

namespace slim {

struct FindingGroup {
  const PackageFinding* first = nullptr;
  std::vector<std::string> files;  // printable; with the package in front where there are several
};

// In the order of the first of each; findings are equal by id, severity and message.
std::vector<FindingGroup> grouped(std::span<const PackageFinding> findings, bool several_packages);
std::vector<FindingGroup> grouped(const CheckReport& report);
std::size_t count_of(std::span<const PackageFinding> findings, Severity severity);

// "1 error", "2,000 errors"
std::string plural(std::size_t count, const char* word);

}  // namespace slim
