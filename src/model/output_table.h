// What an output holds, entry by entry: the plan seen from the other side. The write stage makes it, the
// verify stage looks for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/package.h"
#include "model/plan.h"

namespace slim {

struct OutputEntry {
  enum class Origin : std::uint8_t {
    entry,     // `index` is of package.entries and plan.actions
    addition,  // `index` is of plan.additions
    parent,    // a folder that the input doesn't list, needed by what is in it
  };
  Origin origin = Origin::entry;
  std::size_t index = 0;
  Entry entry;  // as it will be read from the output: path, type, mode, owner, target, size
};

// Sorted by path, byte-wise. Zips list a folder only where nothing is in it, so that the tool that made the
// input doesn't show, or where it is content for this kind of package (Plan::zip_form); they have 0644 or
// 0755 for files and 0755 for folders. Tars and folders list every folder, and keep modes. A folder whose
// content was all dropped goes with it; one that was empty stays.
std::vector<OutputEntry> output_table(const Package& package, const Plan& plan, ContainerFormat format);

// Is the container itself what is wanted, byte for byte?
bool is_copied(const Package& package, const Plan& plan, ContainerFormat format);

// In a zip a folder's name ends with '/'.
std::string name_in_zip(const OutputEntry& item);

// The order of a zip: by name, or as the input has it where that is content; but first of all the manifest of
// a jar, and what belongs beside it.
void sort_for_zip(std::vector<OutputEntry>& table, const Plan& plan);

// The files (and, where asked for, links) of a table, the largest first: the order to work on them in
// parallel.
std::vector<std::size_t> largest_first(const std::vector<OutputEntry>& table, bool with_links);

// The hash that the plan promises for a file of the table.
Hash128 planned_hash(const Plan& plan, const OutputEntry& entry);

}  // namespace slim
