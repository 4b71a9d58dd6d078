// Versions of distributions, and what specifiers such as ">=2.0,<3" accept (the version specifiers
// specification, formerly PEP 440).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace slim::python {

struct Version {
  struct LocalPart {
    bool is_number = false;  // numbers come after texts
    std::uint64_t number = 0;
    std::string text;
    auto operator<=>(const LocalPart&) const = default;
  };
  std::uint64_t epoch = 0;
  std::vector<std::uint64_t> release;  // without the zeros at its end; at least one number
  std::size_t release_size = 0;        // with them
  int pre_phase = 0;                   // 1: alpha, 2: beta, 3: release candidate; 0: none
  std::uint64_t pre = 0;
  std::optional<std::uint64_t> post;
  std::optional<std::uint64_t> dev;
  std::vector<LocalPart> local;

  bool is_prerelease() const { return pre_phase != 0 || dev.has_value(); }
  Version without_local() const;
  Version base() const;  // epoch and release alone
};

// nullopt: no version by the specification, or with numbers of more than 18 digits.
std::optional<Version> parse_version(std::string_view text);

std::strong_ordering operator<=>(const Version& a, const Version& b);
inline bool operator==(const Version& a, const Version& b) { return (a <=> b) == 0; }

enum class Truth : std::uint8_t { no, yes, unknown };

// One clause, "~=2.1" as {"~=", "2.1"}.
struct Specifier {
  std::string op;       // ~= == != <= >= < > ===
  std::string version;  // may end in ".*" after == and !=

  // Asks for one single version: "==2.41.4", "===2.41.4".
  bool is_pin() const { return (op == "==" || op == "===") && !version.ends_with(".*"); }
};

// Is it among the versions that the clause accepts? Pre-releases are, as for a version that is already there.
// unknown: the clause or the version is none by the specification.
Truth accepts(const Specifier& specifier, std::string_view version);

// ">=1.0, <2" or "(>=1.0)"; an empty list for an empty text, nullopt for what is no list of clauses.
std::optional<std::vector<Specifier>> parse_specifiers(std::string_view text);

}  // namespace slim::python
