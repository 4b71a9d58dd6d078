// Flags with their values as typed, before anything is checked; by long name, without dashes.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/given.h"

namespace slim {

class Values {
 public:
  void add(const std::string& name, Given value) { values_[name].push_back(std::move(value)); }
  bool has(const std::string& name) const { return values_.contains(name); }

  // The one value of a flag, null where it was not given.
  const Given* one(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second.back();
  }
  std::string text(const std::string& name) const { return has(name) ? one(name)->text : std::string(); }

  // All values of a flag that adds up.
  const std::vector<Given>& all(const std::string& name) const {
    static const std::vector<Given> none;
    const auto found = values_.find(name);
    return found == values_.end() ? none : found->second;
  }
  std::vector<std::string> texts(const std::string& name) const {
    std::vector<std::string> out;
    for (const Given& value : all(name)) out.push_back(value.text);
    return out;
  }

  void clear(const std::string& name) { values_.erase(name); }
  template <typename Unwanted>
  void remove_if(const std::string& name, const Unwanted& unwanted) {
    const auto found = values_.find(name);
    if (found == values_.end()) return;
    std::erase_if(found->second, unwanted);
    if (found->second.empty()) values_.erase(found);
  }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::map<std::string, std::vector<Given>> values_;
};

}  // namespace slim
