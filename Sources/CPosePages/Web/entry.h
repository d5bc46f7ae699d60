// SPDX-License-Identifier: Apache-2.0
// Included once for each file: an entry of the table, for the file that PAGE names.
{PAGE, (const char[]){
#embed PAGE suffix(, 0)
}},
#undef PAGE
