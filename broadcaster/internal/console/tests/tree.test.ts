import { mount } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import CoverageNode from '@/day/CoverageNode.vue'
import GridPicker from '@/tree/GridPicker.vue'
import { toggled, Tree } from '@/tree/tree'
import { gridDays, grids, session } from './town'

const tree = new Tree(grids)

describe('the tree', () => {
  test('has the town on top, and paths from below it', () => {
    expect(tree.roots.map((r) => r.grid.name)).toEqual(['九江镇'])
    expect(tree.path('440605124200101')).toBe('上西村 / 老龄社')
    expect(tree.path('440605124')).toBe('九江镇')
  })

  test('begins at the person’s own grid where no more is seen', () => {
    const seen = new Tree(grids.filter((g) => g.code.startsWith('440605124200')))
    expect(seen.roots.map((r) => r.grid.name)).toEqual(['上西村'])
  })

  test('knows what lies below what', () => {
    expect(tree.within('440605124200101', '440605124')).toBe(true)
    expect(tree.within('440605124', '440605124200')).toBe(false)
    expect(tree.within('nowhere', '440605124')).toBe(false)
  })

  test('finds by a part of the name, beginnings first', () => {
    expect(tree.search('社', 10).map((g) => g.name)).toEqual(['老龄社', '先锋社', '儒林社区'])
    expect(tree.search('老', 10).map((g) => g.name)).toEqual(['老龄社'])
    expect(tree.search('社', 1)).toHaveLength(1)
    expect(tree.search(' ', 10)).toEqual([])
  })

  test('chooses a grid with all below it', () => {
    expect(toggled(tree, ['440605124200101', '440605124201'], '440605124200')).toEqual(['440605124201', '440605124200'])
    expect(toggled(tree, ['440605124200'], '440605124200')).toEqual([])
  })
})

describe('coverage', () => {
  const days = new Tree(gridDays)

  test('is said for each grid, and below it only when opened', async () => {
    const wrapper = mount(CoverageNode, { props: { node: days.roots[0]! } })
    expect(wrapper.text()).toContain('120 / 300 户')
    expect(wrapper.text()).toContain('计划 1 次:已放音 1 次')
    expect(wrapper.text()).not.toContain('上西村')
    await wrapper.get('button').trigger('click')
    expect(wrapper.text()).toContain('上西村')
    expect(wrapper.text()).not.toContain('老龄社')
  })

  test('puts places without a loudspeaker aside', async () => {
    const wrapper = mount(CoverageNode, { props: { node: days.roots[0]!, open: true } })
    expect(wrapper.text()).toContain('没有登记喇叭的地方:1 处')
    expect(wrapper.text()).not.toContain('儒林社区')
    await wrapper.findAll('button').at(-1)!.trigger('click')
    expect(wrapper.text()).toContain('儒林社区')
  })

  test('says who sounds for a grid without one of its own', () => {
    const served = { ...gridDays[2]!, terminals: 0, counts: { ...gridDays[2]!.counts, planned: 0 } }
    const wrapper = mount(CoverageNode, { props: { node: { grid: served, children: [] }, served: true } })
    expect(wrapper.text()).toContain('由上一级的喇叭播')
  })
})

describe('choosing grids', () => {
  function picker(root = session.person.grid, most = 2000) {
    return mount(GridPicker, { props: { tree, root, most, modelValue: [], 'onUpdate:modelValue': (v: string[]) => wrapperOf.current?.setProps({ modelValue: v }) } })
  }
  const wrapperOf: { current?: ReturnType<typeof picker> } = {}

  test('offers only what the person may use', async () => {
    const wrapper = (wrapperOf.current = picker('440605124200'))
    expect(wrapper.text()).toContain('上西村')
    expect(wrapper.text()).not.toContain('九江镇')
    await wrapper.get('input[type=search]').setValue('儒林')
    expect(wrapper.text()).toContain('没找到')
  })

  test('finds, chooses, shows and takes out again', async () => {
    const wrapper = (wrapperOf.current = picker())
    await wrapper.get('input[type=search]').setValue('老龄')
    await wrapper.get('input[type=checkbox]').setValue(true)
    expect(wrapper.props('modelValue')).toEqual(['440605124200101'])
    await wrapper.get('[aria-label^="去掉"]').trigger('click')
    expect(wrapper.props('modelValue')).toEqual([])
  })

  test('stops at the bound', async () => {
    const wrapper = (wrapperOf.current = picker('440605124', 1))
    await wrapper.setProps({ modelValue: ['440605124200101'] })
    expect(wrapper.text()).toContain('最多选 1 处')
    await wrapper.get('input[type=search]').setValue('先锋')
    expect((wrapper.get('input[type=checkbox]').element as HTMLInputElement).disabled).toBe(true)
  })
})
