// One self-contained page: a treemap of sizes, figures and tables. Its parts are files in html/, compiled
// into slim.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "model/inspection.h"
#include "model/plan.h"
#include "report/totals.h"

namespace slim {

namespace html {
std::string_view page();
std::string_view style();
std::string_view tree();
std::string_view treemap();
std::string_view state();
std::string_view tables();
std::string_view wiring();
std::string_view d3_hierarchy();
std::string_view copyright();  // of d3-hierarchy
}  // namespace html

// What the page shows, as JSON. The files are the bulk of it: a row of numbers each, which point into lists
// of texts.
class PageData {
 public:
  // In this order rules get their colours.
  explicit PageData(const std::vector<Group>& rules);

  struct File {
    std::string path;  // raw
    std::string owner;
    FileKind kind = FileKind::data;
    Sizes sizes;
    Verb verb = Verb::keep;
    std::string rule = {};  // empty: none
    std::string reason = {};
    const std::vector<Hold>* holds = nullptr;
  };
  void add(const File& file);
  void add(const Finding& finding, const std::string& path);
  // Of the whole, such as "name" and "figures".
  json::Json& operator[](const std::string& key) { return head_[key]; }

  std::string text() &&;

 private:
  class Words {
   public:
    std::size_t operator()(const std::string& word);
    json::Json list() const;

   private:
    std::map<std::string, std::size_t> places_;
    std::vector<std::string> words_;
  };

  json::Json head_ = json::Json::object();
  json::Json findings_ = json::Json::array();
  Words owners_, kinds_, verbs_, rules_, texts_;
  std::string rows_;
};

// A size's name, what it was (nothing: only what it is), what it is, and the limit that it is held against.
json::Json figure_json(const char* label, const std::uint64_t* before, std::uint64_t after,
                       std::uint64_t limit = 0);

// The last component of a package's path, printable.
std::string page_name(std::string path);

std::string html_page(const std::string& title, PageData data);

}  // namespace slim
