// How a hostile name is kept from becoming markup: the page's data is JSON in a script element that is not
// run, with every '<' escaped, so that nothing in it can end the element; the page's scripts put it in as
// text nodes; and should both fail, a Content-Security-Policy lets nothing run but the scripts whose SHA-256
// it names, and nothing be fetched.
#include "report/html_page.h"

#include <algorithm>

#include "hash/sha256.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

using json::Json;

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

// JSON has '<' in strings only, where it may be written so.
std::string for_script(const std::string& json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) out += c == '<' ? "\\u003c" : std::string(1, c);
  return out;
}

// 'sha256-…' in base64: the URL-safe alphabet is allowed, a missing padding is not.
std::string source_hash(std::string_view script) {
  return format("'sha256-{}='", to_base64url(sha256(as_bytes(script))));
}

}  // namespace

std::size_t PageData::Words::operator()(const std::string& word) {
  const auto [place, is_new] = places_.try_emplace(word, words_.size());
  if (is_new) words_.push_back(word);
  return place->second;
}

Json PageData::Words::list() const {
  Json list = Json::array();
  for (const std::string& word : words_) list.push_back(printable(word));
  return list;
}

PageData::PageData(const std::vector<Group>& rules) {
  for (const Group& rule : rules) rules_(rule.name);
}

void PageData::add(const File& file) {
  const Sizes& sizes = file.sizes;
  std::string row =
      format("[{},{},{},{},{},{},{},{},{},{}", json::quoted(printable(file.path)), owners_(file.owner),
             kinds_(file_kind_name(file.kind)), verbs_(verb_name(file.verb)),
             file.rule.empty() ? "-1" : std::to_string(rules_(file.rule)), texts_(file.reason),
             sizes.unpacked_before, sizes.unpacked_after, sizes.packed_before, sizes.packed_after);
  if (file.holds != nullptr && !file.holds->empty()) {
    std::string holds;
    for (const Hold& hold : *file.holds)
      holds += format("{}{}", holds.empty() ? "" : ",", texts_(hold.by + ": " + hold.reason));
    row += ",[" + holds + "]";
  }
  rows_ += (rows_.empty() ? "" : ",\n") + row + "]";
}

void PageData::add(const Finding& finding, const std::string& path) {
  Json row = Json::array();
  for (const std::string& cell :
       {std::string(severity_name(finding.severity)), finding.id, path, finding.message})
    row.push_back(printable(cell));
  findings_.push_back(std::move(row));
}

std::string PageData::text() && {
  head_["owners"] = owners_.list();
  head_["kinds"] = kinds_.list();
  head_["verbs"] = verbs_.list();
  head_["rules"] = rules_.list();
  head_["texts"] = texts_.list();
  head_["findings"] = std::move(findings_);
  std::string out = head_.dump();
  out.pop_back();  // the brace
  return out + ",\n\"files\": [" + rows_ + "]}";
}

Json figure_json(const char* label, const std::uint64_t* before, std::uint64_t after, std::uint64_t limit) {
  Json figure = {{"label", label}};
  if (before != nullptr) figure["before"] = *before;
  figure["after"] = after;
  if (limit != 0) figure["limit"] = limit;
  return figure;
}

std::string page_name(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return printable(std::string(base_name(path)));
}

std::string html_page(const std::string& title, PageData data) {
  std::string hashes;
  std::string scripts;
  for (const std::string_view script :
       {html::d3_hierarchy(), html::tree(), html::treemap(), html::state(), html::tables(), html::wiring()}) {
    hashes += (hashes.empty() ? "" : " ") + source_hash(script);
    scripts += format("<script>{}</script>\n", script);
  }
  const std::map<std::string_view, std::string> parts = {{"hashes", hashes},
                                                         {"title", escaped(printable(title))},
                                                         {"style", std::string(html::style())},
                                                         {"data", for_script(std::move(data).text())},
                                                         {"scripts", scripts},
                                                         {"licence", std::string(html::copyright())}};
  // Once over the page: what a part says is never looked at again.
  std::string out;
  std::string_view rest = html::page();
  while (true) {
    const std::size_t open = rest.find("{{");
    out += rest.substr(0, open);
    if (open == std::string_view::npos) return out;
    const std::size_t close = rest.find("}}", open);
    out += parts.at(rest.substr(open + 2, close - open - 2));
    rest.remove_prefix(close + 2);
  }
}

}  // namespace slim
