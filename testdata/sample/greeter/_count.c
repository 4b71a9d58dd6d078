/* Counts the ASCII letters of a string. */
int count_letters(const char *text) {
  int count = 0;
  for (; *text; ++text) {
    char lower = *text | 0x20;
    count += lower >= 'a' && lower <= 'z';
  }
  return count;
}
