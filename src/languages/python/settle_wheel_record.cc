// RECORD is CSV: path, "sha256=" and the digest in URL-safe base64 without padding, size in bytes. Its own
// line has neither. Lines of files that don't change are copied unchanged, and the order of the lines stays.
#include "languages/python/settle_wheel_record.h"

#include <string_view>

#include "hash/sha256.h"
#include "model/output_bytes.h"
#include "model/settled.h"
#include "util/format.h"

namespace slim {
namespace {

// The first field; a field with commas or quotes stands in quotes, each quote of its own twice (RFC 4180).
std::string first_field(std::string_view line) {
  if (!line.starts_with('"')) return std::string(line.substr(0, line.find(',')));
  std::string field;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] != '"') {
      field += line[i];
    } else if (i + 1 < line.size() && line[i + 1] == '"') {
      field += line[i++];
    } else {
      break;
    }
  }
  return field;
}

std::string quoted_field(const std::string& field) {
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string out = "\"";
  for (const char c : field) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string line_of(const std::string& path, ByteView bytes) {
  return format("{},sha256={},{}", quoted_field(path), to_base64url(sha256(bytes)), bytes.size());
}

// Without its end of line. Empty: the file is gone.
Result<std::string> renewed(const Package& package, const Plan& plan, std::string_view line) {
  const std::string path = first_field(line);
  const auto index = find_entry(package, path);
  if (!index || plan.actions[*index].verb == Verb::keep || plan.actions[*index].verb == Verb::renew)
    return std::string(line);
  if (plan.actions[*index].verb == Verb::drop) return std::string();
  TRY(const Bytes bytes, output_bytes(package, plan, *index));
  return line_of(path, bytes);
}

Result<std::string> renewed_text(const Package& package, const Plan& plan, std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool has_return = line.ends_with('\r');
    if (has_return) line.remove_suffix(1);
    TRY(const std::string now, renewed(package, plan, line));
    if (!now.empty() || line.empty()) out += now + (has_return ? "\r\n" : "\n");
  }
  for (const Addition& addition : plan.additions) out += line_of(addition.path, addition.bytes) + "\n";
  return out;
}

// Only a list of this form can be written anew, line by line.
bool is_record(const Entry& entry) {
  return entry.type == EntryType::file && entry.path.ends_with(".dist-info/RECORD") &&
         entry.path.find('/') == entry.path.rfind('/');
}

}  // namespace

Status renew_wheel_record(const Package& package, Plan& plan) {
  bool is_renewed = false;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    Action& action = plan.actions[i];
    if (action.verb != Verb::renew) continue;
    const Entry& entry = package.entries[i];
    if (is_renewed || !is_record(entry)) {
      give_up(action, "it is not the one RECORD in which a wheel lists its own files");
      continue;
    }
    TRY(const Bytes bytes, package.load(i));
    TRY(const std::string text, renewed_text(package, plan, as_text(bytes)));
    const std::string_view before = as_text(bytes);
    if (text == before || text == std::string(before) + "\n") {
      fall_back_to_keep(action);
      continue;
    }
    becomes_a_drop(action, "written anew, because it lists every file with its hash");
    plan.additions.push_back({.path = entry.path,
                              .mode = entry.mode,
                              .rule = action.rule,
                              .reason = "the wheel's own list, with the hashes that its files have now",
                              .bytes = Bytes(text.begin(), text.end()),
                              .made_of = i});
    is_renewed = true;
  }
  return {};
}

}  // namespace slim
